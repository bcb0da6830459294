/** What people do at the desk, as functions. */
import type { Client } from './client.js';
import {
  AddReplyDocument,
  CreateTicketDocument,
  TicketChangedDocument,
  TicketsDocument,
} from './generated/graphql.js';
import type {
  AddReplyInput,
  AddReplyMutation,
  CreateTicketInput,
  CreateTicketMutation,
  TicketChangedSubscription,
  TicketFilter,
  TicketRowFragment,
} from './generated/graphql.js';

export type Ticket = TicketRowFragment;
export type TicketChange = TicketChangedSubscription['ticketChanged'];
export type Refusal =
  | CreateTicketMutation['createTicket']['errors'][number]
  | AddReplyMutation['addReply']['errors'][number];
/** An act was done, or refused for reasons that a person can do something about. */
export type Outcome = { ok: true; ticket: Ticket } | { ok: false; refusals: readonly Refusal[] };

/** Page by page, as you go on iterating. */
export async function* pages(
  client: Client,
  filter: TicketFilter,
  size = 20,
): AsyncGenerator<readonly Ticket[], void, void> {
  let after: string | null | undefined;
  do {
    const { tickets } = await client.request(TicketsDocument, { filter, first: size, after });
    yield tickets.nodes;
    after = tickets.pageInfo.hasNextPage ? tickets.pageInfo.endCursor : null;
  } while (after);
}

/** Give the same `idempotencyKey` when the same form is sent again: one ticket comes of it. */
export async function createTicket(client: Client, input: CreateTicketInput): Promise<Outcome> {
  const { createTicket } = await client.request(CreateTicketDocument, { input: keyed(input) });
  return outcome(createTicket);
}

export async function addReply(client: Client, input: AddReplyInput): Promise<Outcome> {
  const { addReply } = await client.request(AddReplyDocument, { input: keyed(input) });
  return outcome(addReply);
}

/** The ticket as it is now, then each time that something happens to it. */
export async function* watch(
  client: Client,
  id: string,
  afterEvent?: number,
): AsyncGenerator<TicketChange, void, void> {
  const values = client.subscribe(
    TicketChangedDocument,
    { id, afterEvent },
    ({ ticketChanged }) => ({ afterEvent: lastEvent(ticketChanged) }),
  );
  for await (const { ticketChanged } of values) yield ticketChanged;
}

/** Where to go on after this change: give it to `watch`. */
export function lastEvent({ events, ticket }: TicketChange): number | undefined {
  return (events.at(-1) ?? ticket.events.nodes.at(-1))?.sequence;
}

/** For the person who asked. A kind without its case does not compile; newer kinds have words. */
export function words(refusal: Refusal): string {
  switch (refusal.__typename) {
    case 'InvalidInput':
      return `${refusal.path.join('.')}: ${refusal.message}`;
    case 'InvalidTransition':
      return `${refusal.message} It is ${refusal.state}.`;
    case 'StaleVersion':
      return `${refusal.message} Read version ${refusal.currentVersion} first.`;
    case 'PluginRejection':
      return `${refusal.message} (${refusal.plugin})`;
    case 'IdempotencyKeyReused':
    case 'NotFound':
    case 'NotPermitted':
    case 'Refusal':
      return refusal.message;
    default:
      return newer(refusal);
  }
}

function newer(refusal: never): string {
  return (refusal as { message: string }).message;
}

function keyed<Input extends { idempotencyKey?: string | null | undefined }>(input: Input): Input {
  return { ...input, idempotencyKey: input.idempotencyKey ?? crypto.randomUUID() };
}

function outcome(payload: { ticket?: Ticket | null; errors: readonly Refusal[] }): Outcome {
  const { ticket, errors } = payload;
  return ticket ? { ok: true, ticket } : { ok: false, refusals: errors };
}
