"""Refusals: what the desk refuses, said in the person's own language."""

import re

from foredesk.errors import (
    DeskError,
    IdempotencyKeyReused,
    InvalidInput,
    InvalidTransition,
    NotPermitted,
    SearchRegression,
    StaleVersion,
    TooManyAttempts,
)
from foredesk.people.sign_in import ProviderNeeded, WrongCredentials
from portal.words import Words, marked

FAMILIAR = (
    marked("Say in a few words what you need."),
    marked("Write something first."),
    marked("Say what still does not work."),
    marked("Say what was done, in words the requester understands."),
    marked("Say why, so that the next person need not ask."),
    marked("Choose a time that is still to come."),
    marked("Choose a day and a time."),
    marked("Say what it waits for."),
    marked("A request can't be merged into itself."),
    marked("That request is merged into another itself. Choose that other one."),
    marked("That request is solved. Reopen it first."),
    marked("That request is another organization's. Move one of them first."),
    marked("Confidential requests are merged only within their team."),
    marked("It was merged into another request in the meantime."),
    marked("The request is this person's already."),
    marked("Other requests are merged into it. Take them out first."),
    marked(
        "The confidential team that has it does not serve their organization. "
        "Give it to another team first."
    ),
    marked("Name the message that its clocks start with."),
    marked("There is no article at this address."),
    marked("Choose an article, or give its address."),
    marked("Say what is wrong, so that somebody can mend it."),
    marked("Whoever asked can't read this article."),
    marked("The words of a confidential request stay with its team."),
    marked("Name either a team or a person."),
    marked("This person is not in the team."),
    marked("Please answer this question."),
    marked("Another person has this e-mail address."),
    marked("Another organization has this slug."),
    marked("Another team has this key."),
    marked("Write an e-mail address such as ada@example.org."),
    marked("Use 1 to 120 characters."),
    marked("Use lower-case letters, digits and single hyphens."),
    marked("Name a zone such as Europe/Berlin."),
    marked("This is the last administrator. Make another one first."),
    marked("Only active agents work in teams. Grant a role first."),
    marked("Only active agents stand in for somebody."),
    marked("They are absent too, and this person would stand in for themselves."),
    marked("This person is absent and nobody stands in. Name another, or the team."),
    marked("There is an absence at this time. Cancel it first."),
    marked("The end comes after the start."),
    marked("Choose an end that is still to come."),
    marked("This survey is closed. Thank you all the same."),
    marked("Name at least one scope."),
    marked("There is no such thing, or it is not yours to see."),
    marked("Use 1 to 120 characters."),
    marked("There are 50 tokens already. Revoke one that is not used any more."),
    marked("Choose a later time than the one it is probably done by."),
    marked("Say in a line what failed."),
    marked("Say what happened at each time."),
    marked("Begin each line with a day and a time, such as 2026-03-02 14:05."),
    marked("Choose the day by which it is done."),
    marked("Choose who does it."),
    marked("Say what caused it before you send the report."),
    marked("Say who was affected, and how, before you send the report."),
    marked("Say what happened when before you send the report."),
    marked("They refused this very version. Revise it first."),
    marked("Say what is missing or wrong, so that we can mend it."),
    marked("This is done already, or not planned any more."),
    marked("Begin now or later, and after the newest version."),
    marked("There is a calendar of this name. Choose another."),
    marked("Give at least one day with opening hours."),
    marked("This is no iCalendar file."),
    marked("Choose a day."),
    marked("Give it a title."),
    marked("An article without text answers nothing."),
    marked("Use at most 20 tags."),
    marked("Name an organization for its own articles, and only then."),
    marked("Name a team for its own articles, and only then."),
    marked("Choose a time to come."),
    marked("The article is published already."),
    marked("Only what is published, or will be, can retire."),
    marked("Let it retire after it is published."),
    marked("Somebody else has to publish what you wrote."),
    marked("Somebody else has to look at it first. Propose the revision."),
    marked("It was revised after somebody had looked at it."),
    marked("It took questions that must be answered their answers."),
    marked("Retire it first, and let somebody else publish it again."),
    marked("The article says so already."),
    marked("Look again, then repeat."),
    marked("Choose a file."),
    marked("Give the file a name."),
    marked("A file has 1 byte to 10 MB."),
    marked("An article has at most 20 files."),
    marked("Each group needs at least two different words."),
    marked("Give each stop word by itself."),
    marked("Write what somebody would ask."),
    marked("Who asks this could not find that article."),
    marked("With this change, questions that must be answered lose their answer."),
    marked("Name the original, not another translation."),
    marked("A translation is in another language."),
    marked("This article has translations of its own."),
    marked("No passwords are used here. Sign in with your organization's account."),
)
"""What use cases say that the pages call: kept here for the catalogues."""

_ENDINGS = re.compile(r"Attach files that end in (.+)\.$")
_NOT_OF_KIND = re.compile(r"This is not what a file that ends in (\w+) holds")
_LIMIT = re.compile(r"Use at most (\d+) characters")


def say(words: Words, refusal: DeskError) -> str:
    """Our own words for what we know; the desk's message, translated if it can be, for the rest."""
    match refusal:
        case WrongCredentials():
            return words("This e-mail address and password do not go together.")
        case TooManyAttempts():
            minutes = max(1, -(-refusal.retry_after // 60))
            return words.count(
                "Too many attempts. Try again in %(number)s minute.",
                "Too many attempts. Try again in %(number)s minutes.",
                minutes,
            )
        case ProviderNeeded() if refusal.provider:
            return words("Sign in with %(provider)s: use its button.", provider=refusal.provider)
        case NotPermitted():
            return words("You may not do this.")
        case StaleVersion() | InvalidTransition():
            return words("This request has changed in the meantime. Look again, then repeat.")
        case SearchRegression():
            lost = words.listed([f"“{one.text}”" for one in refusal.lost])
            return words("Questions that must be answered would lose it: %(lost)s.", lost=lost)
        case IdempotencyKeyReused():
            return words("This form was sent before with other words. Look at your requests.")
        case InvalidInput() if limit := _LIMIT.match(refusal.message):
            return words("Use at most %(limit)s characters.", limit=words.number(int(limit[1])))
        case InvalidInput() if known := _ENDINGS.match(refusal.message):
            return words("Attach files that end in %(endings)s.", endings=known[1])
        case InvalidInput() if known := _NOT_OF_KIND.match(refusal.message):
            return words("This is not what a file that ends in %(ending)s holds.", ending=known[1])
        case _:
            return words(refusal.message)


def unreadable(words: Words) -> str:
    """What to say to NUL characters and broken UTF-8."""
    return words("There are characters here that we cannot read. Please remove them.")
