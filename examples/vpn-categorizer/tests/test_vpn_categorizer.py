import foredesk_vpn_categorizer as vpn
import pytest

from foredesk.hooks import Synonym
from foredesk.testing import PluginContract


class TestContract(PluginContract):
    plugin = vpn


class TestContractWithOtherSettings(PluginContract):
    plugin = vpn
    config = {"category": "fernzugriff", "words": ["einwahl", "a+b("], "confidence": 1}


@pytest.mark.parametrize(
    ("subject", "details", "explanation"),
    [
        ("My VPN drops", "", "it mentions “vpn”"),
        ("No connection", "OpenVPN says: tunnel closed", "it mentions “tunnel”, “openvpn”"),
    ],
)
def test_words_of_remote_access_are_recognized(
    plugin_desk, make_ticket, subject, details, explanation
):
    plugin_desk.install(vpn)

    answer = plugin_desk.ask("suggest_category", ticket=make_ticket(subject, details))

    assert (answer.category, answer.confidence) == ("network", 0.8)
    assert answer.explanation == explanation


def test_other_words_are_not(plugin_desk, make_ticket):
    plugin_desk.install(vpn)

    assert plugin_desk.ask("suggest_category", ticket=make_ticket("The tunneling mole")) is None


def test_an_organization_has_its_own_category(plugin_desk, make_ticket):
    plugin_desk.install(vpn, category="remote-access")

    answer = plugin_desk.ask("suggest_category", ticket=make_ticket("VPN"))

    assert answer.category == "remote-access"


def test_a_search_for_vpn_finds_remote_access_too(plugin_desk):
    plugin_desk.install(vpn)

    answer = plugin_desk.ask("expand_terms", terms=("slow", "vpn"))

    assert answer == (Synonym("vpn", ("remote access", "tunnel")),)


@pytest.mark.parametrize("config", [{"confidence": 7}, {"words": []}, {"words": [" "]}])
def test_settings_that_make_no_sense_are_refused(plugin_desk, config):
    with pytest.raises(AssertionError, match="will not have its settings"):
        plugin_desk.install(vpn, **config)
