"""Reports: outages get a reason that their customer accepts, at times only the second one."""

from dataclasses import dataclass
from datetime import timedelta

from foredesk.demo.acts import Acts
from foredesk.outages.answer import accept_outage_report, refuse_outage_report
from foredesk.outages.content import Content, PlannedAction
from foredesk.outages.models import OutageAction, OutageReport
from foredesk.outages.queries import moments, version_of
from foredesk.outages.write import (
    complete_outage_action,
    draft_outage_report,
    revise_outage_report,
    send_outage_report,
)

OUTAGES = ("outage",)
"""Topics of which customers want to know why."""


@dataclass(slots=True)
class Reporting(Acts):
    """What agents and requesters do about the reason for an outage."""

    @property
    def _owes_report(self) -> bool:
        return self.plan.topic.key in OUTAGES

    async def _report(self) -> None:
        """Drafted, filled in and sent."""
        report = await draft_outage_report(
            self.scene.desk, self._agent_viewer, ticket_id=self.ticket_id
        )
        await self._write(report, self.words.phrase("report_causes"))

    async def _answer_report(self) -> None:
        """One in three is sent back first."""
        desk = self.scene.desk
        if self.chance.random() < 1 / 3:
            reason = self.words.phrase("report_refusals")
            report = await refuse_outage_report(
                desk, self.requester, ticket_id=self.ticket_id, reason=reason
            )
            cause = (await version_of(report, report.version)).cause
            await self._write(report, f"{cause} {self.words.phrase('report_mended')}")
        await accept_outage_report(desk, self.requester, ticket_id=self.ticket_id)
        if self.chance.random() < 0.5:
            action = await OutageAction.get(
                report__ticket_id=self.ticket_id, until_version__isnull=True
            )
            await complete_outage_action(desk, self._agent_viewer, action_id=action.id)

    async def _write(self, report: OutageReport, cause: str) -> None:
        desk, agent = self.scene.desk, self._agent_viewer
        version = await version_of(report, report.version)
        assert agent.person_id is not None
        what = self.words.nth_phrase("report_actions", self.plan.case % 3)
        due_on = (self._now() + timedelta(days=14 + self.plan.case)).date()
        kept = await OutageAction.get_or_none(report_id=report.id, until_version__isnull=True)
        action = PlannedAction(what, agent.person_id, kept.due_on if kept else due_on)
        await revise_outage_report(
            desk,
            agent,
            ticket_id=self.ticket_id,
            content=Content(
                summary=version.summary,
                impact=version.impact,
                cause=cause,
                workaround=self.words.nth_phrase("report_workarounds", self.plan.case % 3),
                timeline=moments(version),
                actions=[action],
            ),
        )
        await send_outage_report(desk, agent, ticket_id=self.ticket_id)
