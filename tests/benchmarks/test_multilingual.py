"""The multilingual report: every language of a help center is asked by its articles' titles."""

import json
from pathlib import Path

import pytest

from benchmarks.multilingual import AT_LEAST, main

TITLES = {
    "en": ["Printer does not print", "Reset your password", "What is this?", "Filters"],
    "de": ["Drucker druckt nicht", "Passwort zurücksetzen", "Über uns", "Schutz"],
    "fr": ["L’imprimante n’imprime pas", "Réinitialiser le mot de passe", "Où êtes-vous ?"],
    "ru": ["Принтер не печатает", "Сбросить пароль", "Как это работает?", "Фильтры"],
    "ja": ["パスワードのリセット方法", "プリンターで印刷できない", "これは何ですか", "設定"],
    "fa": ["چاپگر کار نمی‌کند", "بازیابی گذرواژه", "چرا این؟", "Filters"],
}


def help_center(folder: Path) -> Path:
    """Each article names the others, so that words of the text alone would not tell them apart."""
    for locale, titles in TITLES.items():
        (folder / locale).mkdir(parents=True)
        for number, title in enumerate(titles):
            others = "\n\n".join(other for other in titles if other != title) * 3
            file = folder / locale / f"article-{number}.md"
            file.write_text(f"---\ntitle: '{title}'\n---\n\n{others}\n", encoding="utf-8")
    return folder


def test_every_language_is_found_by_its_titles(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        main([str(help_center(tmp_path / "help"))])

    figures = json.loads(capsys.readouterr().out)
    assert {locale: one["articles"] for locale, one in figures.items()} == {
        locale: len(titles) for locale, titles in TITLES.items()
    }
    assert all(one["top3"] >= AT_LEAST for one in figures.values()), figures
    assert end.value.code == 0


def test_of_many_articles_with_one_title_not_each_can_be_among_three(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for product in ("android", "ios", "mac", "windows"):
        (tmp_path / "en" / product).mkdir(parents=True)
        page = tmp_path / "en" / product / "installation.md"
        page.write_text(f"# Installation\n\nOn {product}.\n", encoding="utf-8")

    with pytest.raises(SystemExit) as end:
        main([str(tmp_path), "--at-least", "1.01"])

    figures = json.loads(capsys.readouterr().out)
    assert figures == {
        "en": {"articles": 4, "titles": 1, "top1": 1.0, "top3": 1.0, "itself_top3": 0.75}
    }
    assert end.value.code == 1
