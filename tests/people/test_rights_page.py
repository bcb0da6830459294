"""The page on rights says of every act what the policy says."""

from pathlib import Path

from foredesk.people.policy import BY_COORDINATOR, BY_REQUESTER, BY_ROLE, Act
from foredesk.people.roles import AGENT_ROLES, Role

PAGE = Path(__file__).parents[2] / "docs" / "rights.md"
BEGIN = "<!-- policy: made by tests/people/test_rights_page.py -->\n"
END = "<!-- end of policy -->\n"


def table() -> str:
    lines = ["| act | by role | by the customer |", "|---|---|---|"]
    for act in sorted({*BY_ROLE, *BY_REQUESTER}):
        own = "the requester" if act in BY_REQUESTER else ""
        own += ", their coordinator" if act in BY_COORDINATOR else ""
        lines.append(f"| `{act.value}` | {_roles(act)} | {own} |")
    return "\n".join(lines) + "\n"


def _roles(act: Act) -> str:
    roles = BY_ROLE.get(act, frozenset())
    if roles == AGENT_ROLES:
        return "every agent"
    return ", ".join(role.value.replace("_", " ") for role in Role if role in roles)


def test_the_page_says_what_the_policy_says() -> None:
    text = PAGE.read_text("utf-8")
    before, rest = text.split(BEGIN)
    said, after = rest.split(END)

    assert said == table(), "write it by: python -m tests.people.test_rights_page"
    assert before
    assert after


if __name__ == "__main__":
    page = PAGE.read_text("utf-8")
    head, tail = page.split(BEGIN)[0], page.split(END)[1]
    PAGE.write_text(head + BEGIN + table() + END + tail, "utf-8")
