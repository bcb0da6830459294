"""PostGraphile: the nearest to our operations that its schema has, and what it needs of ours.

Its lists get the organizations that the caller serves as a condition; its detail and its relations
get no policy at all, which is in its favor.
"""

from typing import Any

from api.identifiers import parse_id
from benchmarks.graphql.floor import Caller
from benchmarks.graphql.floor_write import CREATE, JOB
from benchmarks.graphql.operations import Operation

_RELATIONS = """
      assignee: personByAssigneeId { id: rowId name }
      team: teamByTeamId { id: rowId name }
      service: serviceByServiceId { id: rowId name }
      organization: organizationByOrganizationId { id: rowId name }"""

_DETAIL = f"""query Detail($id: UUID!) {{
  ticket: ticketByRowId(rowId: $id) {{
    id: rowId number subject details state kind category impact urgency priority resolution version
    openedAt updatedAt firstRespondedAt resolvedAt closedAt closeDueAt
    requester: personByRequesterId {{ id: rowId name email }}{_RELATIONS}
    clocks: ticketClocksByTicketId(orderBy: NAME_ASC) {{
      nodes {{ name state startedAt stoppedAt dueAt: targetDueAt }}
    }}
    events: ticketEventsByTicketId(last: 20, orderBy: SEQUENCE_ASC) {{
      nodes {{ id: rowId kind sequence occurredAt actor: personByActorId {{ id: rowId name }} }}
    }}
  }}
}}"""

_QUEUE = """query %s($teams: [UUID!]!, $states: [String!]!, $serves: [UUID!]!, $after: Cursor) {
  tickets: allTickets(first: 50, after: $after, orderBy: [OPENED_AT_DESC, ROW_ID_DESC], filter: {
    teamId: {in: $teams}, state: {in: $states},
    organizationId: {in: $serves}, isConfidential: {equalTo: false}
  }) {
    nodes {
      id: rowId number subject state priority openedAt updatedAt
      requester: personByRequesterId { id: rowId name }%s
      clocks: ticketClocksByTicketId(orderBy: NAME_ASC) {
        nodes { name state dueAt: targetDueAt }
      }
    }
    pageInfo { hasNextPage endCursor }%s
  }
}"""

_CREATE = """mutation Create($subject: String!, $details: String!) {
  createTicket: benchmarkRecordTicket(input: {subject: $subject, details: $details}) {
    ticket: result { id: rowId number subject state priority openedAt }
  }
}"""

TEXTS = {
    Operation.Q1: _DETAIL,
    Operation.Q2: _QUEUE % ("Queue", _RELATIONS, ""),
    Operation.Q3: _QUEUE % ("QueueWithTotal", _RELATIONS, "\n    totalCount"),
    Operation.M1: _CREATE,
}


def variables(given: dict[str, Any], caller: Caller) -> dict[str, Any]:
    """Those of ours, as PostGraphile names them."""
    if "id" in given:
        return {"id": _key(given["id"])}
    if "input" in given:
        return dict(given["input"])
    return {
        "teams": [_key(id) for id in given["teams"]],
        "states": [state.lower() for state in given["states"]],
        "serves": [str(id) for id in caller.serves],
        "after": given.get("after"),
    }


def schema_for(caller: Caller) -> str:
    """SQL that gives it an act like ours: the rows of the floor's own statement."""
    return f"""
DROP SCHEMA IF EXISTS benchmark CASCADE;
CREATE SCHEMA benchmark;
CREATE FUNCTION benchmark.record_ticket(subject text, details text) RETURNS public.ticket
LANGUAGE plpgsql VOLATILE AS $body$
DECLARE
  ticket_key uuid := gen_random_uuid();
  event_key uuid := gen_random_uuid();
  at timestamptz := clock_timestamp();
  result public.ticket;
BEGIN
  EXECUTE $statement${CREATE}$statement$
  USING ticket_key, subject, details, at, '{caller.agreement_version_id}'::uuid,
    '{caller.organization_id}'::uuid, '{caller.person_id}'::uuid, event_key,
    jsonb_build_object('subject', subject, 'details', details, 'channel', 'api', 'kind', null,
      'impact', null, 'urgency', null, 'service_id', null, 'search_id', null, 'priority', 'normal',
      'requester_id', '{caller.person_id}', 'organization_id', '{caller.organization_id}'),
    gen_random_uuid(),
    jsonb_build_object('because', 'It is the default for everyone.',
      'agreement_version_id', '{caller.agreement_version_id}'),
    gen_random_uuid(),
    jsonb_build_object('kind', null, 'category', null, 'impact', null, 'urgency', null,
      'service_id', null, 'priority', 'normal', 'decided_by', 'default', 'explanation', '',
      'confidence', null),
    gen_random_uuid(), gen_random_uuid(),
    at + interval '3 hours', at + interval '4 hours', at + interval '8 hours',
    at + interval '30 hours', at + interval '40 hours', at + interval '80 hours',
    convert_to(json_build_object('event_id', event_key, 'ticket_id', ticket_key)::text, 'UTF8'),
    '{JOB}:' || event_key,
    jsonb_build_object('id', gen_random_uuid(), 'key', event_key);
  SELECT * INTO result FROM public.ticket WHERE id = ticket_key;
  RETURN result;
END $body$;
"""


def _key(id: str) -> str:
    found = parse_id(id)
    assert found is not None, id
    return str(found[1])
