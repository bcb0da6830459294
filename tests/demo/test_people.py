"""Who is who: every role, nobody real, and everyone who is shown can sign in."""

import re

from foredesk.demo.people import AGENTS, COMPANIES, EVERYBODY, REQUESTERS, TEAMS
from foredesk.people.passwords import MINIMUM_LENGTH
from foredesk.people.roles import Role


def test_every_role_is_held_by_somebody_who_can_sign_in() -> None:
    held = {role for player in EVERYBODY if player.signs_in for role in player.roles}
    assert held | {Role.REQUESTER} == set(Role)
    assert sum(player.signs_in for player in REQUESTERS) == 4


def test_addresses_are_unique_and_can_never_exist() -> None:
    addresses = [player.email for player in EVERYBODY]
    assert len(set(addresses)) == len(addresses) == 39
    assert all(re.fullmatch(r"[a-z.]+@[a-z]+\.example", address) for address in addresses)


def test_passwords_are_long_enough_and_say_that_they_are_the_demos() -> None:
    shown = [player.password for player in EVERYBODY if player.signs_in]
    assert len(set(shown)) == len(shown) == 15
    assert all(password.startswith("demo-") for password in shown)
    assert all(len(password) >= MINIMUM_LENGTH for password in shown)
    assert all(player.password == "" for player in EVERYBODY if not player.signs_in)


def test_there_are_two_teams_and_each_has_agents_in_both_time_zones() -> None:
    assert len(TEAMS) == 2
    for key in TEAMS:
        zones = {agent.time_zone for agent in AGENTS if key in agent.teams}
        assert zones == {"Europe/Berlin", "America/New_York"}


def test_the_customers_differ_in_language_zone_and_visibility() -> None:
    _, first, second = COMPANIES
    assert first.locale != second.locale
    assert first.time_zone != second.time_zone
    assert first.request_visibility != second.request_visibility
