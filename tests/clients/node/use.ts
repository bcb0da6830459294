// Compiled by `tsc --strict` beside what codegen made: answers, inputs and errors have their types.
import type { ResultOf, VariablesOf } from '@graphql-typed-document-node/core';
import {
  AskForHelpDocument,
  AssignToDocument,
  TicketDetailDocument,
  TicketPageDocument,
} from './generated/graphql';

type Page = ResultOf<typeof TicketPageDocument>;
type Asked = ResultOf<typeof AskForHelpDocument>['createTicket']['errors'][number];
type Assigned = ResultOf<typeof AssignToDocument>['assignTicket']['errors'][number];

export const byNumber: VariablesOf<typeof TicketDetailDocument> = { by: { number: 1 } };

// @ts-expect-error two ways to name one ticket
export const twice: VariablesOf<typeof TicketDetailDocument> = { by: { number: 1, id: '1' } };

// @ts-expect-error a ticket needs a subject
export const blank: VariablesOf<typeof AskForHelpDocument> = { input: {} };

// @ts-expect-error there is no such state
export const filter: VariablesOf<typeof TicketPageDocument> = { filter: { states: ['LOST'] } };

export function subjects(page: Page): string[] {
  return page.tickets.nodes.map((ticket) => `${ticket.number}: ${ticket.subject}`);
}

export function requester(page: Page): string | undefined {
  return page.tickets.nodes[0]?.requester?.name;
}

/** Every refusal has its case: `never` at the end fails to compile when one is forgotten. */
export function words(error: Asked): string {
  switch (error.__typename) {
    case 'InvalidInput':
      return `${error.path.join('.')}: ${error.message}`;
    case 'NotFound':
    case 'NotPermitted':
    case 'IdempotencyKeyReused':
    case 'PluginRejection':
    case 'Refusal':
      return error.message;
    default:
      return forgotten(error);
  }
}

export function current(error: Assigned): number | null {
  return error.__typename === 'StaleVersion' ? error.currentVersion : null;
}

function forgotten(error: never): never {
  throw new Error(`unknown refusal ${JSON.stringify(error)}`);
}
