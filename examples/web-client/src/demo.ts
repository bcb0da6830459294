/** Reads, acts, is refused, and watches: DESK_TOKEN=… npm start */
import { Client, Fault } from './client.js';
import { addReply, createTicket, lastEvent, pages, watch, words } from './desk.js';
import type { Outcome, Ticket, TicketChange } from './desk.js';

const url = process.env['DESK_URL'] ?? 'http://127.0.0.1:8000/graphql';
const token = () => process.env['DESK_TOKEN'] ?? '';
const published = process.env['DESK_PUBLISHED'] === '1';
const browser = new Client({ url, token, published });
const phone = new Client({ url, token, published }); // another client of the same person

await main().catch((error: unknown) => {
  if (!(error instanceof Fault)) throw error;
  console.error(`${error.code}: ${error.message}${error.errorId ? ` (${error.errorId})` : ''}`);
  process.exitCode = 1;
});

async function main(): Promise<void> {
  await list();
  const ticket = await ask();
  const seen = await live(ticket);
  await comeBack(ticket, seen);
}

async function list(): Promise<void> {
  let number = 0;
  for await (const page of pages(browser, {}, 2)) {
    console.log(`Page ${++number}`);
    for (const ticket of page) console.log(`  ${line(ticket)}`);
    if (number === 3) return;
  }
}

async function ask(): Promise<Ticket> {
  tell(await createTicket(browser, { subject: ' ' }));
  const input = { subject: 'No coffee', idempotencyKey: crypto.randomUUID() };
  const ticket = tell(await createTicket(browser, input));
  const again = tell(await createTicket(browser, input)); // as if the first answer was lost
  if (!ticket || ticket.id !== again?.id) throw new Error('No ticket, or two of them.');
  return ticket;
}

async function live({ id }: Ticket): Promise<number | undefined> {
  for await (const change of watch(browser, id)) {
    show('Live', change);
    if (replies(change).length) return lastEvent(change);
    console.log('Watching');
    await addReply(phone, { ticketId: id, body: 'Since nine' });
  }
  return undefined;
}

async function comeBack({ id }: Ticket, seen: number | undefined): Promise<void> {
  await addReply(phone, { ticketId: id, body: 'It is back' });
  for await (const change of watch(browser, id, seen)) {
    show('Missed', change);
    if (replies(change).length) return;
  }
}

function tell(outcome: Outcome): Ticket | undefined {
  if (!outcome.ok) {
    for (const refusal of outcome.refusals) console.log(`Refused: ${words(refusal)}`);
    return undefined;
  }
  console.log(`Asked: ${line(outcome.ticket)}`);
  return outcome.ticket;
}

function show(when: string, change: TicketChange): void {
  for (const event of change.events) {
    const body = event.__typename === 'ReplyAdded' ? `: ${event.body}` : '';
    console.log(`${when}: ${event.__typename}${body}`);
  }
}

function replies({ events }: TicketChange): TicketChange['events'] {
  return events.filter((event) => event.__typename === 'ReplyAdded');
}

function line({ number, subject, state }: Ticket): string {
  return `#${number} ${subject} (${state})`;
}
