import re
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from hypothesis import given
from hypothesis import strategies as st

from foredesk.importing.document import Document
from foredesk.importing.plan import planned
from foredesk.importing.prose import Prose
from foredesk.importing.report import Report
from foredesk.importing.tree import SourceFile
from foredesk.knowledge.bring_in import ArticleSource
from foredesk.knowledge.markdown import article_link

PATHS = st.tuples(
    st.sampled_from(["en", "de", "ja"]),
    st.lists(st.sampled_from(["mac", "tv", "about", "x y"]), min_size=1, max_size=3),
)
TITLES = st.sampled_from(["About", "about!", "Mac", "説明", "???", "x" * 150, "About Mac"])
BODIES = st.sampled_from(
    ["Text.", "[a](/mac/about)", "[a](../tv) [b](about.md#x)", "`[a](/mac)`", "[a](/none)"]
)
TREES = st.dictionaries(
    PATHS.map(lambda path: (path[0], "/".join(path[1]))),
    st.tuples(TITLES, BODIES),
    min_size=1,
    max_size=15,
)
Tree = dict[tuple[str, str], tuple[str, str]]


def sources(
    tree: Tree, known: Sequence[ArticleSource] = (), others: Sequence[str] = ()
) -> list[ArticleSource]:
    documents = [
        Document(
            source=SourceFile(
                Path("none"), f"{locale}/{path}.md", PurePosixPath(f"{path}.md"), locale
            ),
            locale=locale,
            title=title,
            prose=Prose.of(body),
        )
        for (locale, path), (title, body) in tree.items()
    ]
    slugs = {source.path: source.slug for source in known}
    return planned("n", documents, slugs, {*others, *slugs.values()}, Report())


@given(TREES, st.lists(st.sampled_from(["about", "mac", "about-de", "article"])))
def test_addresses_are_unique_and_no_order_of_files_changes_them(
    tree: Tree, others: list[str]
) -> None:
    plan = sources(tree, others=others)

    slugs = [source.slug for source in plan]
    assert len(set(slugs)) == len(slugs) == len(tree)
    assert not set(slugs) & set(others)
    assert all(len(slug) <= 120 for slug in slugs)
    assert sources(dict(reversed(tree.items())), others=others) == plan


@given(TREES, st.integers(0, 15))
def test_an_import_that_was_killed_goes_on_as_if_it_had_not_been(tree: Tree, done: int) -> None:
    whole = sources(tree)

    assert sources(tree, known=whole[:done]) == whole


@given(TREES, TREES)
def test_what_is_here_keeps_its_address_whatever_is_added(tree: Tree, more: Tree) -> None:
    first = sources(tree)
    before = {source.path: source.slug for source in first}

    after = {source.path: source.slug for source in sources(more | tree, known=first)}

    assert before.items() <= after.items()
    assert len(set(after.values())) == len(after)


@given(TREES)
def test_a_link_leads_to_an_article_of_the_plan_or_is_none(tree: Tree) -> None:
    plan = sources(tree)

    slugs = {source.slug for source in plan}
    for source in plan:
        targets = re.findall(r"\]\(([^)]*)\)", source.body.replace("`[a](/mac)`", ""))
        for target in targets:
            link = article_link(target)
            assert link is not None
            assert link[0] in slugs
