from pathlib import Path

import pytest

from foredesk.settings import Settings, SettingsError


def read(environ: dict[str, str], file: Path = Path("there is none")) -> Settings:
    return Settings.read(environ, file)


def test_the_defaults_keep_everything_in_one_folder() -> None:
    settings = read({})

    assert settings.database == "sqlite:///var/foredesk.sqlite3"
    assert settings.index_dir == Path("var/index")
    assert settings.address == "http://127.0.0.1:8000"
    assert not settings.is_production


def test_a_variable_beats_the_file_and_the_file_the_default(tmp_path: Path) -> None:
    file = tmp_path / "foredesk.toml"
    file.write_text('port = 9000\nphone = "112"\n', encoding="utf-8")

    settings = read({"FOREDESK_PORT": "9001", "PATH": "/bin"}, file)

    assert (settings.port, settings.phone, settings.host) == (9001, "112", "127.0.0.1")


@pytest.mark.parametrize(
    ("environ", "text", "named"),
    [
        ({"FOREDESK_PROT": "1"}, "", "prot"),
        ({"FOREDESK_PORT": "many"}, "", "port"),
        ({"FOREDESK_GRAPHQL_PLANS": "some"}, "", "full, level1 or off"),
        ({"FOREDESK_PASSWORD_SIGN_IN": "maybe"}, "", "on or off"),
        ({}, "color = 1", "color"),
        ({}, "port = ", "foredesk.toml"),
    ],
)
def test_a_wrong_setting_is_refused_by_name(
    environ: dict[str, str], text: str, named: str, tmp_path: Path
) -> None:
    file = tmp_path / "foredesk.toml"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(SettingsError, match=named):
        read(environ, file)


def test_what_is_meant_for_tests_and_faults_is_no_setting() -> None:
    assert read({"FOREDESK_FAULT": "x", "FOREDESK_TEST_POSTGRES": "y"}) == Settings()


def test_the_public_address_is_what_links_begin_with() -> None:
    assert read({"FOREDESK_PUBLIC_URL": "https://help.example/"}).address == "https://help.example"
