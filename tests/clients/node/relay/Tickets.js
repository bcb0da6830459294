// A page of an app on Relay: a list that goes on by itself, and a ticket that refetches itself.
import { graphql } from 'relay-runtime';

export const page = graphql`
  query TicketsQuery($count: Int!, $cursor: String) {
    ...Tickets_list @arguments(count: $count, cursor: $cursor)
  }
`;

export const list = graphql`
  fragment Tickets_list on Query
  @argumentDefinitions(count: { type: "Int", defaultValue: 20 }, cursor: { type: "String" })
  @refetchable(queryName: "TicketsNextQuery") {
    tickets(first: $count, after: $cursor) @connection(key: "Tickets_tickets") {
      edges {
        node {
          id
          ...Tickets_row
        }
      }
    }
  }
`;

export const row = graphql`
  fragment Tickets_row on Ticket @refetchable(queryName: "TicketsRowQuery") {
    number
    subject
    state
    requester {
      name
    }
  }
`;

export const reply = graphql`
  mutation TicketsReplyMutation($input: AddReplyInput!) {
    addReply(input: $input) {
      ticket {
        ...Tickets_row
      }
      errors {
        __typename
        ... on UserError {
          message
        }
      }
    }
  }
`;

export const changes = graphql`
  subscription TicketsChangedSubscription($id: ID!) {
    ticketChanged(id: $id) {
      ticket {
        ...Tickets_row
      }
    }
  }
`;
