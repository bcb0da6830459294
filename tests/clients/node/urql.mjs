// urql: reads, acts, refuses, and watches over a WebSocket and over SSE. Prints what it saw.
import { Client, cacheExchange, fetchExchange, gql, subscriptionExchange } from '@urql/core';
import { createClient as createSse } from 'graphql-sse';
import { createClient as createSocket } from 'graphql-ws';
import WebSocket from 'ws';

const [url, token, ticketId] = process.argv.slice(2);
const headers = (clientId) => ({
  authorization: `Bearer ${token}`,
  'foredesk-client-id': clientId,
});

const TICKET = gql`
  query Ticket($id: ID!) {
    ticket(by: { id: $id }) {
      id
      number
      subject
    }
  }
`;
const CREATE = gql`
  mutation Create($input: CreateTicketInput!) {
    createTicket(input: $input) {
      ticket {
        id
        subject
      }
      errors {
        __typename
        ... on InvalidInput {
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
      errors {
        __typename
      }
    }
  }
`;
const CHANGES = gql`
  subscription Changes($id: ID!) {
    ticketChanged(id: $id) {
      events {
        __typename
        ... on ReplyAdded {
          body
        }
      }
    }
  }
`;

const socket = createSocket({
  url: url.replace('http', 'ws'),
  webSocketImpl: WebSocket,
  connectionParams: { token, clientId: 'urql' },
});
const sse = createSse({ url, headers: headers('urql') });
const forwarded = (transport) => ({
  forwardSubscription: (request) => ({
    subscribe: (sink) => ({ unsubscribe: transport.subscribe(request, sink) }),
  }),
});
const client = (exchange, clientId = 'urql') =>
  new Client({
    url,
    preferGetMethod: false,
    fetchOptions: { headers: headers(clientId) },
    exchanges: [cacheExchange, fetchExchange, ...exchange],
  });
const bySocket = client([subscriptionExchange(forwarded(socket))]);
const bySse = client([subscriptionExchange(forwarded(sse))]);
const other = client([], 'other');
const seen = {};

const read = await bySocket.query(TICKET, { id: ticketId }).toPromise();
seen.query = { number: read.data.ticket.number, subject: read.data.ticket.subject };

const made = await bySocket.mutation(CREATE, { input: { subject: 'From urql' } }).toPromise();
seen.mutation = made.data.createTicket.ticket.subject;

const refused = await bySocket.mutation(CREATE, { input: { subject: '' } }).toPromise();
const { __typename, code, path } = refused.data.createTicket.errors[0];
seen.refused = { __typename, code, path };

const wrong = await bySocket.query(gql`query Wrong { nonsense }`, {}).toPromise();
seen.wrong = wrong.error.graphQLErrors[0].extensions.code;

async function watched(watcher, body) {
  const told = [];
  return new Promise((resolve) => {
    const { unsubscribe } = watcher
      .subscription(CHANGES, { id: ticketId })
      .subscribe(async ({ data, error }) => {
        if (error) return resolve(String(error));
        told.push(data?.ticketChanged.events ?? null);
        if (told.length === 1) {
          await other.mutation(REPLY, { input: { ticketId, body } }).toPromise();
        } else {
          unsubscribe();
          resolve(told[1].map((event) => [event.__typename, event.body]));
        }
      });
  });
}
seen.overSocket = await watched(bySocket, 'Seen over a socket');
seen.overSse = await watched(bySse, 'Seen over SSE');
seen.overFetch = await watched(
  new Client({
    url,
    preferGetMethod: false,
    fetchOptions: { headers: headers('urql') },
    fetchSubscriptions: true,
    exchanges: [fetchExchange],
  }),
  'Seen by fetch alone',
);

socket.dispose();
sse.dispose();
console.log(JSON.stringify(seen));
process.exit(0);
