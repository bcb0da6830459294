"""What is asked of every server: the text of each operation, and what varies between requests."""

from enum import StrEnum


class Operation(StrEnum):
    """Detail of a ticket, a page of 50, the same with its total, and a new ticket."""

    Q1 = "Q1"
    Q2 = "Q2"
    Q3 = "Q3"
    M1 = "M1"


_DETAIL = """query Detail($id: ID!) {
  ticket(by: {id: $id}) {
    id number subject details state kind category impact urgency priority resolution version
    openedAt updatedAt firstRespondedAt resolvedAt closedAt closeDueAt
    requester { id name email }
    assignee { id name }
    team { id name }
    service { id name }
    organization { id name }
    clocks { name state startedAt stoppedAt dueAt }
    events(last: 20) { nodes { id kind sequence occurredAt actor { id name } } }
  }
}"""

_QUEUE = """query %s($teams: [ID!]!, $states: [TicketState!]!, $after: String) {
  tickets(first: 50, after: $after, filter: {teamIds: $teams, states: $states}) {
    nodes {
      id number subject state priority openedAt updatedAt
      requester { id name }
      assignee { id name }
      team { id name }
      service { id name }
      organization { id name }
      clocks { name state dueAt }
    }
    pageInfo { hasNextPage endCursor }%s
  }
}"""

_CREATE = """mutation Create($input: CreateTicketInput!) {
  createTicket(input: $input) {
    ticket { id number subject state priority openedAt }
    errors { ... on UserError { code message } }
  }
}"""

TEXTS = {
    Operation.Q1: _DETAIL,
    Operation.Q2: _QUEUE % ("Queue", ""),
    Operation.Q3: _QUEUE % ("QueueWithTotal", "\n    totalCount"),
    Operation.M1: _CREATE,
}

NAMES = {
    Operation.Q1: "Detail",
    Operation.Q2: "Queue",
    Operation.Q3: "QueueWithTotal",
    Operation.M1: "Create",
}
