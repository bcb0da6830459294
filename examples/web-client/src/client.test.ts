import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client, Fault } from './client.js';
import { createTicket, pages, watch } from './desk.js';

const NO_PAGE = { data: { tickets: { nodes: [], pageInfo: { hasNextPage: false } } } };
const TICKET = { id: 'T', number: 7, subject: 'No coffee', state: 'OPEN', version: 1 };
const MADE = { data: { createTicket: { ticket: TICKET, errors: [] } } };
const LOST = new TypeError('fetch failed');

type Answer = Response | Error;

/** A client whose desk gives these answers, one after the other. */
function scripted(...answers: Answer[]) {
  const sent: { variables: Record<string, unknown>; headers: Headers }[] = [];
  const waited: number[] = [];
  const client = new Client({
    url: 'http://desk.example/graphql',
    token: () => `fd_${sent.length}`,
    clientId: 'tab-1',
    async fetch(_, init) {
      const { variables } = JSON.parse(String(init?.body));
      sent.push({ variables, headers: new Headers(init?.headers) });
      const answer = answers.shift() ?? LOST;
      if (answer instanceof Error) throw answer;
      return answer;
    },
    async wait(seconds) {
      waited.push(seconds);
    },
  });
  return { client, sent, waited };
}

const json = (body: unknown, init?: ResponseInit) => new Response(JSON.stringify(body), init);

const first = async (client: Client) => (await pages(client, {}).next()).value;

test('a request says whose it is and which client sent it', async () => {
  const { client, sent } = scripted(json(NO_PAGE));

  assert.deepEqual(await first(client), []);

  assert.equal(sent[0]?.headers.get('authorization'), 'Bearer fd_0');
  assert.equal(sent[0]?.headers.get('foredesk-client-id'), 'tab-1');
  assert.deepEqual(sent[0]?.variables, { filter: {}, first: 20 });
});

test('who asks too much waits as long as the desk says, once', async () => {
  const busy = () =>
    json(
      { errors: [{ message: 'Too much.', extensions: { code: 'RATE_LIMITED' } }] },
      { status: 429, headers: { 'retry-after': '3' } },
    );
  const once = scripted(busy(), json(NO_PAGE));
  const twice = scripted(busy(), busy());

  assert.deepEqual(await first(once.client), []);
  await assert.rejects(first(twice.client), { name: 'Fault', code: 'RATE_LIMITED' });

  assert.deepEqual([once.waited, twice.waited], [[3], [3]]);
  assert.equal(twice.sent.length, 2);
});

test('an act whose answer was lost is sent again with the same key', async () => {
  const { client, sent } = scripted(LOST, json(MADE));

  assert.deepEqual(await createTicket(client, { subject: 'No coffee' }), {
    ok: true,
    ticket: TICKET,
  });

  assert.match(JSON.stringify(sent[0]?.variables), /"idempotencyKey":"[0-9a-f-]{36}"/);
  assert.deepEqual(sent[0]?.variables, sent[1]?.variables);
});

test('an act without a key is never sent twice', async () => {
  const { client, sent } = scripted(LOST, json(MADE));
  const { CreateTicketDocument } = await import('./generated/graphql.js');

  const acting = client.request(CreateTicketDocument, { input: { subject: 'No coffee' } });
  await assert.rejects(acting, LOST);

  assert.equal(sent.length, 1);
});

test('a fault has its code and what to quote to the desk', async () => {
  const extensions = { code: 'INTERNAL', errorId: 'e-1' };
  const { client } = scripted(json({ data: null, errors: [{ message: 'Ours.', extensions }] }));

  const fault = await first(client).catch((error: unknown) => error);

  assert.ok(fault instanceof Fault);
  assert.deepEqual([fault.code, fault.errorId, fault.message], ['INTERNAL', 'e-1', 'Ours.']);
});

test('an answer that is none of ours is a fault, too', async () => {
  const { client } = scripted(new Response('<h1>Bad gateway</h1>', { status: 502 }));

  await assert.rejects(first(client), { name: 'Fault', code: 'HTTP_502' });
});

const told = (afterEvent: number, events: number[]) => {
  const ticket = { ...TICKET, events: { nodes: [{ sequence: afterEvent }] } };
  const seen = events.map((sequence) => ({ __typename: 'ReplyAdded', sequence, body: '' }));
  const value = { data: { ticketChanged: { ticket, events: seen } } };
  return `event: next\ndata: ${JSON.stringify(value)}\n\n`;
};

/** Server-sent events; without `complete` the connection just ends, as when a network breaks. */
const stream = (...parts: string[]) =>
  new Response(parts.join(''), { headers: { 'content-type': 'text/event-stream' } });

test('a subscription goes on behind the last event it was told', async () => {
  const { client, sent, waited } = scripted(
    stream(told(4, [])),
    LOST,
    stream(told(6, [5, 6])),
    stream(told(7, [7]), 'event: complete\ndata:\n\n'),
  );
  const sequences: number[][] = [];

  for await (const { events } of watch(client, 'T'))
    sequences.push(events.map((event) => event.sequence));

  assert.deepEqual(sequences, [[], [5, 6], [7]]);
  const after = sent.map(({ variables }) => variables['afterEvent']);
  assert.deepEqual(after, [undefined, 4, 4, 6]);
  assert.equal(waited.length, 3);
  assert.equal(sent[3]?.headers.get('authorization'), 'Bearer fd_3');
});

test('a subscription that is refused does not come back', async () => {
  const extensions = { code: 'UNAUTHENTICATED' };
  const refused = json({ errors: [{ message: 'Sign in.', extensions }] }, { status: 401 });
  const { client, sent } = scripted(stream(told(4, [])), refused);

  const values = watch(client, 'T');
  await values.next();
  await assert.rejects(values.next(), { name: 'Fault', code: 'UNAUTHENTICATED' });

  assert.equal(sent.length, 2);
});
