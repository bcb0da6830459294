"""The forty articles: complete, readable, linked, ours."""

import re
from collections import Counter, defaultdict

import pytest

from foredesk.demo.library import EXTENDED, FOLDER, Page, pages
from foredesk.demo.topics import TOPICS
from foredesk.knowledge.models import Audience
from foredesk.knowledge.render import render

ALL = pages()
BY_SLUG = {page.slug: page for page in ALL}
BRANDS = {
    *("microsoft", "windows", "outlook", "office365", "excel", "sharepoint", "onedrive", "google"),
    *("gmail", "chrome", "android", "apple", "iphone", "ipad", "macos", "macbook", "safari"),
    *("firefox", "mozilla", "slack", "webex", "cisco", "dell", "lenovo", "thinkpad", "epson"),
    *("canon", "xerox", "samsung", "oracle", "salesforce", "zendesk", "jira", "okta", "authy"),
    *("fritzbox", "whatsapp", "dropbox", "adobe", "acrobat", "linux", "ubuntu", "intel", "amd"),
    *("logitech", "jabra", "bitlocker", "vodafone", "telekom", "amazon", "paypal", "facebook"),
}
LINK = re.compile(r"\]\(([^)]*)\)")
each_page = pytest.mark.parametrize("page", ALL, ids=lambda page: f"{page.locale}/{page.slug}")


def test_there_are_22_articles_in_english_and_18_in_german() -> None:
    assert Counter(page.locale for page in ALL) == {"en": 22, "de": 18}
    assert len(list(FOLDER.rglob("*.md"))) == len(BY_SLUG) == 40


def test_every_german_article_is_the_counterpart_of_one_english_article() -> None:
    groups = defaultdict(list)
    for page in ALL:
        groups[page.translation].append(page)
    assert {len(group) for group in groups.values()} == {1, 2}
    for group in groups.values():
        assert group[0].locale == "en"
        assert [page.locale for page in group[1:]] in ([], ["de"])
        assert len({(page.audience, page.organization) for page in group}) == 1
        assert len({page.text.count("\n## ") for page in group}) == 1


def test_some_articles_are_for_agents_or_for_one_organization_only() -> None:
    assert [page.slug for page in ALL if page.audience is Audience.AGENTS] == ["leaver-checklist"]
    own = {page.slug: page.organization for page in ALL if page.audience is Audience.ORGANIZATION}
    assert own == {
        "invoice-portal": "larkmeadow",
        "time-sheets": "tannquell",
        "zeiten-buchen": "tannquell",
    }


def test_topics_name_articles_that_exist() -> None:
    known = {page.translation for page in ALL}
    assert {topic.article for topic in TOPICS} - {""} <= known


@each_page
def test_an_article_has_everything_a_reader_sees_in_a_list(page: Page) -> None:
    assert 10 <= len(page.title) <= 70
    assert 40 <= len(page.summary) <= 130
    assert page.summary.endswith(".")
    assert page.section
    assert 3 <= len(page.tags) <= 6
    assert all(tag == tag.lower() for tag in page.tags)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", page.slug)


@each_page
def test_an_article_is_150_to_400_words_long_and_has_headings(page: Page) -> None:
    assert 150 <= len(page.text.split()) <= 400
    headings = re.findall(r"^(#+) ", page.text, re.MULTILINE)
    assert len(headings) >= 3
    assert set(headings) == {"##"}


@each_page
def test_links_of_an_article_lead_somewhere(page: Page) -> None:
    targets = LINK.findall(page.text)
    assert targets
    for target in targets:
        slug = target.removesuffix(".md")
        assert target == "/ask" or BY_SLUG[slug].locale == page.locale
        assert slug != page.slug
    assert ".md" not in page.body
    for slug in page.linked_slugs:
        assert f"](/articles/{slug})" in page.body


@each_page
def test_articles_for_everybody_do_not_link_to_what_only_some_may_read(page: Page) -> None:
    for slug in page.linked_slugs:
        target = BY_SLUG[slug]
        assert target.audience in (Audience.PUBLIC, page.audience)
        assert target.organization in ("", page.organization)


@each_page
def test_the_markdown_of_an_article_is_whole(page: Page) -> None:
    html = render(page.body, page.locale).html
    text = re.sub(r"<[^>]+>", " ", html)
    assert not re.search(r"\*\*|\]\(|`|^\s*\||\[[^\]]*\]", text, re.MULTILINE)
    assert (
        html.count("<table>") == page.text.count("\n|---") + page.text.count("|---|---|---|\n") * 0
    )
    assert len(re.findall(r"<li>", html)) == len(
        re.findall(r"^(?:\d+\.|-) ", page.text, re.MULTILINE)
    )
    for table in re.findall(r"(?:^\|.*\n)+", page.text, re.MULTILINE):
        assert len({row.count("|") for row in table.splitlines()}) == 1


@each_page
def test_an_article_names_no_real_brand_and_no_real_address(page: Page) -> None:
    words = {word.lower() for word in re.findall(r"\w+", f"{page.title} {page.text}")}
    assert words.isdisjoint(BRANDS)
    hosts = re.findall(r"\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|de|example|io)\b", page.text)
    assert all(host.endswith(".example") for host in hosts)
    assert not re.search(r"\bTODO\b|lorem|xxx", page.text, re.IGNORECASE)


@each_page
def test_quotation_marks_are_those_of_the_language(page: Page) -> None:
    opening, closing = ("„", "“") if page.locale == "de" else ("“", "”")
    assert page.text.count(opening) == page.text.count(closing)
    assert '"' not in page.text


@pytest.mark.parametrize("slug", EXTENDED)
def test_an_article_that_is_extended_begins_as_it_ends_up(slug: str) -> None:
    page = BY_SLUG[slug]
    assert page.body.startswith(page.first_text.rstrip())
    assert page.body.count("\n## ") == page.first_text.count("\n## ") + 1
