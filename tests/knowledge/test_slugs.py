import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foredesk.knowledge.slugs import SLUG_LIMIT, anchor_of, slug_of, unique_slug


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("VPN drops every hour?", "vpn-drops-every-hour"),
        ("Drucker für Büro", "drucker-für-büro"),
        ("Принтер не печатает", "принтер-не-печатает"),
        ("パスワード・リセット", "パスワード-リセット"),
        ("چاپگر کار نمی‌کند", "چاپگر-کار-نمی-کند"),
        ("C++ / C#", "c-c"),
        ("Ｆｕｌｌ width", "full-width"),
        ("!!!", "article"),
        ("", "article"),
    ],
)
def test_a_slug_is_made_of_the_words_of_a_title(title: str, slug: str) -> None:
    assert slug_of(title) == slug


@given(st.text(max_size=400))
def test_every_title_has_a_slug_that_is_its_own_slug(title: str) -> None:
    slug = slug_of(title)

    assert 0 < len(slug) <= SLUG_LIMIT
    assert slug_of(slug) == slug
    assert not slug.startswith("-")
    assert not slug.endswith("-")
    assert all(c == "-" or unicodedata.category(c)[0] in "LNM" for c in slug)


@given(st.lists(st.text(alphabet="ab-", min_size=1, max_size=120), max_size=20))
def test_numbers_make_slugs_unique_within_the_column(wanted: list[str]) -> None:
    taken: set[str] = set()
    for each in wanted:
        slug = unique_slug(each, taken)
        assert slug not in taken
        assert len(slug) <= 120
        taken.add(slug)

    assert len(taken) == len(wanted)


def test_anchors_are_made_as_the_sites_make_them_that_articles_come_from() -> None:
    assert anchor_of("What's new? `v8`") == "whats-new-v8"
    assert anchor_of("Установка и удаление") == "установка-и-удаление"
