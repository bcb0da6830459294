// Apollo Client 4: reads, pages, acts, refuses and watches. Prints what it saw as JSON.
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache, gql } from '@apollo/client/core';
import { CombinedGraphQLErrors } from '@apollo/client/errors';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { getMainDefinition, relayStylePagination } from '@apollo/client/utilities';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';

const [url, token, ticketId] = process.argv.slice(2);

const POSSIBLE = gql`
  query Possible {
    __schema {
      types {
        kind
        name
        possibleTypes {
          name
        }
      }
    }
  }
`;
const TICKET = gql`
  query Ticket($id: ID!) {
    ticket(by: { id: $id }) {
      id
      number
      subject
      state
      version
    }
  }
`;
const PAGE = gql`
  query Page($after: String) {
    tickets(first: 1, after: $after, orderBy: { field: NUMBER, direction: ASC }) {
      edges {
        cursor
        node {
          id
          number
        }
      }
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor
        endCursor
      }
    }
  }
`;
const CREATE = gql`
  mutation Create($input: CreateTicketInput!) {
    createTicket(input: $input) {
      ticket {
        id
        subject
        state
      }
      errors {
        __typename
        ... on UserError {
          code
          message
          path
        }
      }
    }
  }
`;
const REPLY = gql`
  mutation Reply($input: AddReplyInput!) {
    addReply(input: $input) {
      ticket {
        id
        version
      }
      errors {
        __typename
      }
    }
  }
`;
const CHANGES = gql`
  subscription Changes($id: ID!) {
    ticketChanged(id: $id) {
      ticket {
        id
        version
      }
      events {
        __typename
      }
    }
  }
`;

function connect(clientId, possibleTypes = {}) {
  const socket = createClient({
    url: url.replace('http', 'ws'),
    webSocketImpl: WebSocket,
    connectionParams: { token, clientId },
    lazy: true,
  });
  const http = new HttpLink({
    uri: url,
    headers: { authorization: `Bearer ${token}`, 'foredesk-client-id': clientId },
  });
  const isSubscription = ({ query }) => getMainDefinition(query).operation === 'subscription';
  const client = new ApolloClient({
    link: ApolloLink.split(isSubscription, new GraphQLWsLink(socket), http),
    cache: new InMemoryCache({
      possibleTypes,
      typePolicies: { Query: { fields: { tickets: relayStylePagination() } } },
    }),
  });
  return { client, close: () => socket.dispose() };
}

const first = connect('first');
const { data: schema } = await first.client.query({ query: POSSIBLE });
first.close();
const possible = schema.__schema.types
  .filter(({ kind }) => kind === 'UNION' || kind === 'INTERFACE')
  .map(({ name, possibleTypes }) => [name, possibleTypes.map((type) => type.name)]);
const { client, close } = connect('apollo', Object.fromEntries(possible));
const seen = {};

const read = await client.query({ query: TICKET, variables: { id: ticketId } });
seen.query = { number: read.data.ticket.number, subject: read.data.ticket.subject };

const pages = client.watchQuery({ query: PAGE });
const firstPage = await new Promise((resolve) => {
  pages.subscribe(({ data, dataState }) => dataState === 'complete' && resolve(data.tickets));
});
await pages.fetchMore({ variables: { after: firstPage.pageInfo.endCursor } });
pages.stop();
const merged = client.cache.readQuery({ query: PAGE }).tickets.edges;
seen.pages = merged.map(({ node }) => node.number);

const input = { subject: 'From Apollo', idempotencyKey: 'apollo-1' };
const made = await client.mutate({ mutation: CREATE, variables: { input } });
const again = await client.mutate({ mutation: CREATE, variables: { input } });
seen.mutation = made.data.createTicket.ticket.subject;
seen.isSame = made.data.createTicket.ticket.id === again.data.createTicket.ticket.id;

const refused = await client.mutate({ mutation: CREATE, variables: { input: { subject: ' ' } } });
const { __typename, code, path } = refused.data.createTicket.errors[0];
seen.refused = { __typename, code, path, ticket: refused.data.createTicket.ticket };

try {
  await client.query({ query: gql`query Wrong { tickets(first: 101) { nodes { id } } }` });
} catch (error) {
  seen.wrong = CombinedGraphQLErrors.is(error) && error.errors[0].extensions.code;
}

// Somebody else's reply is told; our own (same client id) is not, but the cache knows it already.
const other = connect('other');
const reply = (by, body) =>
  by.client.mutate({ mutation: REPLY, variables: { input: { ticketId, body } } });
const told = [];
await new Promise((resolve, reject) => {
  const watching = client
    .subscribe({ query: CHANGES, variables: { id: ticketId } })
    .subscribe({
      error: reject,
      next: async ({ data }) => {
        told.push(data.ticketChanged);
        if (told.length === 1) {
          await reply({ client }, 'Our own');
          await reply(other, 'Of another client');
        } else {
          watching.unsubscribe();
          resolve();
        }
      },
    });
});
seen.subscription = told[1].events.map((event) => event.__typename);
const cached = client.cache.readQuery({ query: TICKET, variables: { id: ticketId } });
seen.isCacheCurrent = cached.ticket.version === told[1].ticket.version;

other.close();
close();
console.log(JSON.stringify(seen));
process.exit(0);
