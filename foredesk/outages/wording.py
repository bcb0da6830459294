"""Wording: the sentences of a draft and of its export, in the languages of the desk."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from foredesk.sla.priority import Impact


@dataclass(frozen=True, slots=True)
class Wording:
    """One language. Sentences that something may be said with end in a full stop."""

    recorded: str
    in_work: str
    replied: str
    asked: str
    requester_replied: str
    escalated: str
    paused: str
    resumed: str
    estimated: str
    estimated_twice: str
    resolved: str
    confirmed: str
    refused: str
    reopened: str
    lasted: str
    missed: Mapping[str, str]
    affected: Mapping[Impact | None, str]
    units: tuple[str, str, str]
    title: str
    version: str
    headings: Mapping[str, str]
    due: str
    done: str

    def span(self, span: timedelta) -> str:
        """Days, hours and minutes; no more than two of them."""
        minutes = max(round(span.total_seconds() / 60), 0)
        days, rest = divmod(minutes, 24 * 60)
        parts = zip((days, *divmod(rest, 60)), self.units, strict=True)
        named = [f"{number} {unit}" for number, unit in parts if number]
        return " ".join(named[:2]) or f"0 {self.units[2]}"


def wording(locale: str) -> Wording:
    return _LANGUAGES.get(locale.replace("_", "-").split("-")[0].lower(), ENGLISH)


ENGLISH = Wording(
    recorded="The disturbance was reported.",
    in_work="Work on it began.",
    replied="We told you how far we were.",
    asked="We asked you for details.",
    requester_replied="You wrote to us.",
    escalated="It was handed to specialists.",
    paused="The work paused.",
    resumed="The work went on.",
    estimated="We expected to be done within {span}.",
    estimated_twice="We expected to be done within {span}, and within {latest} at the latest.",
    resolved="It was solved.",
    confirmed="You confirmed that it works.",
    refused="It did not work yet.",
    reopened="It came back.",
    lasted="From the report to the solution it took {span}.",
    missed={
        "response": "By now we had promised you an answer, and were late.",
        "next_update": "By now we had promised you news, and were late.",
        "resolution": "By now we had promised you a solution, and were late.",
    },
    affected={
        Impact.HIGH: "Many people were affected.",
        Impact.MEDIUM: "A team was affected.",
        Impact.LOW: "One person was affected.",
        None: "",
    },
    units=("d", "h", "min"),
    title="Reason for outage: {summary}",
    version="Request {number}, version {version}",
    headings={
        "impact": "Impact",
        "timeline": "What happened when",
        "cause": "Cause",
        "workaround": "Workaround",
        "actions": "What we do so that it does not happen again",
    },
    due="{owner}, by {day}",
    done="done on {day}",
)

GERMAN = Wording(
    recorded="Die Störung wurde gemeldet.",
    in_work="Die Arbeit daran begann.",
    replied="Wir haben Sie über den Stand unterrichtet.",
    asked="Wir haben Sie um Einzelheiten gebeten.",
    requester_replied="Sie haben uns geschrieben.",
    escalated="Fachleute haben übernommen.",
    paused="Die Arbeit ruhte.",
    resumed="Die Arbeit ging weiter.",
    estimated="Wir erwarteten, binnen {span} fertig zu sein.",
    estimated_twice="Wir erwarteten, binnen {span} fertig zu sein, spätestens binnen {latest}.",
    resolved="Die Störung wurde behoben.",
    confirmed="Sie haben bestätigt, dass es wieder geht.",
    refused="Es ging noch nicht.",
    reopened="Die Störung kam wieder.",
    lasted="Von der Meldung bis zur Lösung vergingen {span}.",
    missed={
        "response": "Bis jetzt hatten wir Ihnen eine Antwort versprochen und waren zu spät.",
        "next_update": "Bis jetzt hatten wir Ihnen Nachricht versprochen und waren zu spät.",
        "resolution": "Bis jetzt hatten wir Ihnen eine Lösung versprochen und waren zu spät.",
    },
    affected={
        Impact.HIGH: "Viele Personen waren betroffen.",
        Impact.MEDIUM: "Ein Team war betroffen.",
        Impact.LOW: "Eine Person war betroffen.",
        None: "",
    },
    units=("T.", "Std.", "Min."),
    title="Ursachenbericht: {summary}",
    version="Anfrage {number}, Fassung {version}",
    headings={
        "impact": "Auswirkung",
        "timeline": "Was wann geschah",
        "cause": "Ursache",
        "workaround": "Behelfslösung",
        "actions": "Was wir tun, damit es nicht wieder geschieht",
    },
    due="{owner}, bis {day}",
    done="erledigt am {day}",
)

_LANGUAGES = {"en": ENGLISH, "de": GERMAN}
