/* eslint-disable */
import * as types from './graphql.js';



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
    "fragment TicketRow on Ticket {\n  id\n  number\n  subject\n  state\n  version\n}\n\nfragment Refusal on UserError {\n  code\n  message\n  path\n}\n\nquery Tickets($filter: TicketFilter, $first: Int!, $after: String) {\n  tickets(\n    filter: $filter\n    first: $first\n    after: $after\n    orderBy: {field: NUMBER, direction: ASC}\n  ) {\n    nodes {\n      ...TicketRow\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}\n\nmutation CreateTicket($input: CreateTicketInput!) {\n  createTicket(input: $input) {\n    ticket {\n      ...TicketRow\n    }\n    errors {\n      __typename\n      ...Refusal\n      ... on PluginRejection {\n        plugin\n      }\n    }\n  }\n}\n\nmutation AddReply($input: AddReplyInput!) {\n  addReply(input: $input) {\n    ticket {\n      ...TicketRow\n    }\n    errors {\n      __typename\n      ...Refusal\n      ... on InvalidTransition {\n        state\n      }\n      ... on StaleVersion {\n        currentVersion\n      }\n      ... on PluginRejection {\n        plugin\n      }\n    }\n  }\n}\n\nsubscription TicketChanged($id: ID!, $afterEvent: Int) {\n  ticketChanged(id: $id, afterEvent: $afterEvent) {\n    ticket {\n      ...TicketRow\n      events(last: 1) {\n        nodes {\n          sequence\n        }\n      }\n    }\n    events {\n      __typename\n      sequence\n      ... on ReplyAdded {\n        body\n      }\n    }\n  }\n}": typeof types.TicketRowFragmentDoc,
};
const documents: Documents = {
    "fragment TicketRow on Ticket {\n  id\n  number\n  subject\n  state\n  version\n}\n\nfragment Refusal on UserError {\n  code\n  message\n  path\n}\n\nquery Tickets($filter: TicketFilter, $first: Int!, $after: String) {\n  tickets(\n    filter: $filter\n    first: $first\n    after: $after\n    orderBy: {field: NUMBER, direction: ASC}\n  ) {\n    nodes {\n      ...TicketRow\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}\n\nmutation CreateTicket($input: CreateTicketInput!) {\n  createTicket(input: $input) {\n    ticket {\n      ...TicketRow\n    }\n    errors {\n      __typename\n      ...Refusal\n      ... on PluginRejection {\n        plugin\n      }\n    }\n  }\n}\n\nmutation AddReply($input: AddReplyInput!) {\n  addReply(input: $input) {\n    ticket {\n      ...TicketRow\n    }\n    errors {\n      __typename\n      ...Refusal\n      ... on InvalidTransition {\n        state\n      }\n      ... on StaleVersion {\n        currentVersion\n      }\n      ... on PluginRejection {\n        plugin\n      }\n    }\n  }\n}\n\nsubscription TicketChanged($id: ID!, $afterEvent: Int) {\n  ticketChanged(id: $id, afterEvent: $afterEvent) {\n    ticket {\n      ...TicketRow\n      events(last: 1) {\n        nodes {\n          sequence\n        }\n      }\n    }\n    events {\n      __typename\n      sequence\n      ... on ReplyAdded {\n        body\n      }\n    }\n  }\n}": types.TicketRowFragmentDoc,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment TicketRow on Ticket {\n  id\n  number\n  subject\n  state\n  version\n}\n\nfragment Refusal on UserError {\n  code\n  message\n  path\n}\n\nquery Tickets($filter: TicketFilter, $first: Int!, $after: String) {\n  tickets(\n    filter: $filter\n    first: $first\n    after: $after\n    orderBy: {field: NUMBER, direction: ASC}\n  ) {\n    nodes {\n      ...TicketRow\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}\n\nmutation CreateTicket($input: CreateTicketInput!) {\n  createTicket(input: $input) {\n    ticket {\n      ...TicketRow\n    }\n    errors {\n      __typename\n      ...Refusal\n      ... on PluginRejection {\n        plugin\n      }\n    }\n  }\n}\n\nmutation AddReply($input: AddReplyInput!) {\n  addReply(input: $input) {\n    ticket {\n      ...TicketRow\n    }\n    errors {\n      __typename\n      ...Refusal\n      ... on InvalidTransition {\n        state\n      }\n      ... on StaleVersion {\n        currentVersion\n      }\n      ... on PluginRejection {\n        plugin\n      }\n    }\n  }\n}\n\nsubscription TicketChanged($id: ID!, $afterEvent: Int) {\n  ticketChanged(id: $id, afterEvent: $afterEvent) {\n    ticket {\n      ...TicketRow\n      events(last: 1) {\n        nodes {\n          sequence\n        }\n      }\n    }\n    events {\n      __typename\n      sequence\n      ... on ReplyAdded {\n        body\n      }\n    }\n  }\n}"): typeof import('./graphql.js').TicketRowFragmentDoc;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
