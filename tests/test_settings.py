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
        ({"FOREDESK_OIDC_ACME_ISSUER": "http://id.example"}, "", "oidc.acme.issuer"),
        ({"FOREDESK_OIDC_ACME_CLIENTID": "x"}, "", "oidc.acme.clientid"),
        ({}, 'oidc = "https://id.example"', "table of tables"),
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


def test_identity_providers_come_from_tables_and_each_value_may_be_a_variable(
    tmp_path: Path,
) -> None:
    file = tmp_path / "foredesk.toml"
    file.write_text(
        "[oidc.acme]\n"
        'issuer = "https://id.acme.example"\nclient_id = "desk"\nclient_secret = "file"\n'
        'organization = "acme"\nemail_domains = ["acme.example", "globex.example=globex"]\n'
        '[oidc.acme.roles]\nagents = "incident_resolver"\n',
        encoding="utf-8",
    )
    variables = {
        "FOREDESK_OIDC_ACME_CLIENT_SECRET": "variable",
        "FOREDESK_OIDC_ACME_LINK_BY_EMAIL": "true",
        "FOREDESK_OIDC_OTHER_ISSUER": "https://id.other.example",
        "FOREDESK_OIDC_OTHER_ROLES": "a=administrator, b c=problem_analyst",
        "FOREDESK_OIDC_OTHER_API_AUDIENCES": "one, two",
    }

    acme, other = read(variables, file).oidc

    assert (acme.key, acme.label, acme.client_secret) == ("acme", "acme", "variable")
    assert acme.domains == {"acme.example": "acme", "globex.example": "globex"}
    assert acme.link_by_email
    assert acme.roles == {"agents": "incident_resolver"}
    assert other.roles == {"a": "administrator", "b c": "problem_analyst"}
    assert (other.api_audiences, other.client_id) == (("one", "two"), "")
    assert "variable" not in repr(acme)


def test_what_is_meant_for_tests_and_faults_is_no_setting() -> None:
    assert read({"FOREDESK_FAULT": "x", "FOREDESK_TEST_POSTGRES": "y"}) == Settings()


def test_the_public_address_is_what_links_begin_with() -> None:
    assert read({"FOREDESK_PUBLIC_URL": "https://help.example/"}).address == "https://help.example"
