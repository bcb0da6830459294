"""Articles that authors are at work on: in review, proposed anew, translated, with a file."""

from foredesk.knowledge.attach import attach_file
from foredesk.knowledge.authoring import ArticleNoticeKind
from foredesk.knowledge.notices import tell
from foredesk.knowledge.propose import propose_revision
from foredesk.knowledge.publish import submit_article
from foredesk.knowledge.write import revise_article, write_article
from tests.portal.furnished import Furnished


async def furnish_articles(site: Furnished) -> None:
    """All of it is Grace's work."""
    desk, grace = site.desk, site.grace
    draft = await write_article(
        desk, grace, title="Bring your own phone", body="## First\n\nAsk.", section="Phones"
    )
    await submit_article(desk, grace, article_id=draft.id, note="Is it short enough?")
    await tell(desk, draft, grace.person_id, ArticleNoticeKind.REVIEW_DUE, "Say what it costs.")
    known = site.articles["connect-to-the-vpn"]
    await attach_file(desk, grace, article_id=known.id, name="profile.txt", content=b"udp")
    await write_article(
        desk, grace, title="Zum ersten Mal ins VPN", body=".", locale="de", translation_of=known.id
    )
    await revise_article(
        desk, grace, article_id=known.id, body=f"{known.body}\n\nCall us.", tags=["vpn"], note="New"
    )
    await propose_revision(
        desk,
        grace,
        article_id=site.articles["clear-a-paper-jam"].id,
        body="Open the cover, pull the paper out very slowly.",
        note="Paper tears",
    )
