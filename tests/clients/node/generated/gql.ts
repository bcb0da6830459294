/* eslint-disable */
import * as types from './graphql';
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';

/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "fragment TicketRow on Ticket {\n  id\n  number\n  subject\n  state\n  priority\n  updatedAt\n  version\n  requester {\n    id\n    name\n  }\n  clocks {\n    name\n    state\n    dueAt\n    target {\n      seconds\n      isMissed\n    }\n  }\n}\n\nquery TicketPage($filter: TicketFilter, $after: String) {\n  tickets(first: 20, after: $after, filter: $filter) {\n    nodes {\n      ...TicketRow\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}\n\nquery TicketDetail($by: TicketLookup!) {\n  ticket(by: $by) {\n    ...TicketRow\n    details\n    viewerPermissions\n    events(last: 20) {\n      nodes {\n        __typename\n        id\n        occurredAt\n        ... on ReplyAdded {\n          body\n        }\n      }\n    }\n  }\n}\n\nmutation AskForHelp($input: CreateTicketInput!) {\n  createTicket(input: $input) {\n    ticket {\n      ...TicketRow\n    }\n    errors {\n      __typename\n      ... on UserError {\n        code\n        message\n        path\n      }\n    }\n  }\n}\n\nmutation AssignTo($input: AssignTicketInput!) {\n  assignTicket(input: $input) {\n    ticket {\n      ...TicketRow\n    }\n    errors {\n      __typename\n      ... on UserError {\n        message\n      }\n      ... on StaleVersion {\n        currentVersion\n      }\n    }\n  }\n}\n\nsubscription TicketChanges($id: ID!, $afterEvent: Int) {\n  ticketChanged(id: $id, afterEvent: $afterEvent) {\n    ticket {\n      ...TicketRow\n    }\n    events {\n      id\n      sequence\n    }\n  }\n}": typeof types.TicketRowFragmentDoc,
};
const documents: Documents = {
    "fragment TicketRow on Ticket {\n  id\n  number\n  subject\n  state\n  priority\n  updatedAt\n  version\n  requester {\n    id\n    name\n  }\n  clocks {\n    name\n    state\n    dueAt\n    target {\n      seconds\n      isMissed\n    }\n  }\n}\n\nquery TicketPage($filter: TicketFilter, $after: String) {\n  tickets(first: 20, after: $after, filter: $filter) {\n    nodes {\n      ...TicketRow\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}\n\nquery TicketDetail($by: TicketLookup!) {\n  ticket(by: $by) {\n    ...TicketRow\n    details\n    viewerPermissions\n    events(last: 20) {\n      nodes {\n        __typename\n        id\n        occurredAt\n        ... on ReplyAdded {\n          body\n        }\n      }\n    }\n  }\n}\n\nmutation AskForHelp($input: CreateTicketInput!) {\n  createTicket(input: $input) {\n    ticket {\n      ...TicketRow\n    }\n    errors {\n      __typename\n      ... on UserError {\n        code\n        message\n        path\n      }\n    }\n  }\n}\n\nmutation AssignTo($input: AssignTicketInput!) {\n  assignTicket(input: $input) {\n    ticket {\n      ...TicketRow\n    }\n    errors {\n      __typename\n      ... on UserError {\n        message\n      }\n      ... on StaleVersion {\n        currentVersion\n      }\n    }\n  }\n}\n\nsubscription TicketChanges($id: ID!, $afterEvent: Int) {\n  ticketChanged(id: $id, afterEvent: $afterEvent) {\n    ticket {\n      ...TicketRow\n    }\n    events {\n      id\n      sequence\n    }\n  }\n}": types.TicketRowFragmentDoc,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 *
 *
 * @example
 * ```ts
 * const query = graphql(`query GetUser($id: ID!) { user(id: $id) { name } }`);
 * ```
 *
 * The query argument is unknown!
 * Please regenerate the types.
 */
export function graphql(source: string): unknown;

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment TicketRow on Ticket {\n  id\n  number\n  subject\n  state\n  priority\n  updatedAt\n  version\n  requester {\n    id\n    name\n  }\n  clocks {\n    name\n    state\n    dueAt\n    target {\n      seconds\n      isMissed\n    }\n  }\n}\n\nquery TicketPage($filter: TicketFilter, $after: String) {\n  tickets(first: 20, after: $after, filter: $filter) {\n    nodes {\n      ...TicketRow\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}\n\nquery TicketDetail($by: TicketLookup!) {\n  ticket(by: $by) {\n    ...TicketRow\n    details\n    viewerPermissions\n    events(last: 20) {\n      nodes {\n        __typename\n        id\n        occurredAt\n        ... on ReplyAdded {\n          body\n        }\n      }\n    }\n  }\n}\n\nmutation AskForHelp($input: CreateTicketInput!) {\n  createTicket(input: $input) {\n    ticket {\n      ...TicketRow\n    }\n    errors {\n      __typename\n      ... on UserError {\n        code\n        message\n        path\n      }\n    }\n  }\n}\n\nmutation AssignTo($input: AssignTicketInput!) {\n  assignTicket(input: $input) {\n    ticket {\n      ...TicketRow\n    }\n    errors {\n      __typename\n      ... on UserError {\n        message\n      }\n      ... on StaleVersion {\n        currentVersion\n      }\n    }\n  }\n}\n\nsubscription TicketChanges($id: ID!, $afterEvent: Int) {\n  ticketChanged(id: $id, afterEvent: $afterEvent) {\n    ticket {\n      ...TicketRow\n    }\n    events {\n      id\n      sequence\n    }\n  }\n}"): (typeof documents)["fragment TicketRow on Ticket {\n  id\n  number\n  subject\n  state\n  priority\n  updatedAt\n  version\n  requester {\n    id\n    name\n  }\n  clocks {\n    name\n    state\n    dueAt\n    target {\n      seconds\n      isMissed\n    }\n  }\n}\n\nquery TicketPage($filter: TicketFilter, $after: String) {\n  tickets(first: 20, after: $after, filter: $filter) {\n    nodes {\n      ...TicketRow\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}\n\nquery TicketDetail($by: TicketLookup!) {\n  ticket(by: $by) {\n    ...TicketRow\n    details\n    viewerPermissions\n    events(last: 20) {\n      nodes {\n        __typename\n        id\n        occurredAt\n        ... on ReplyAdded {\n          body\n        }\n      }\n    }\n  }\n}\n\nmutation AskForHelp($input: CreateTicketInput!) {\n  createTicket(input: $input) {\n    ticket {\n      ...TicketRow\n    }\n    errors {\n      __typename\n      ... on UserError {\n        code\n        message\n        path\n      }\n    }\n  }\n}\n\nmutation AssignTo($input: AssignTicketInput!) {\n  assignTicket(input: $input) {\n    ticket {\n      ...TicketRow\n    }\n    errors {\n      __typename\n      ... on UserError {\n        message\n      }\n      ... on StaleVersion {\n        currentVersion\n      }\n    }\n  }\n}\n\nsubscription TicketChanges($id: ID!, $afterEvent: Int) {\n  ticketChanged(id: $id, afterEvent: $afterEvent) {\n    ticket {\n      ...TicketRow\n    }\n    events {\n      id\n      sequence\n    }\n  }\n}"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;