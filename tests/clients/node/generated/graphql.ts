/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** Input of assignTicket. With neither, nobody has it. */
export type AssignTicketInput = {
  /** Agent who takes it */
  assigneeId?: string | number | null | undefined;
  /** Version of the ticket that the client has read; a StaleVersion error if it has changed */
  expectedVersion?: number | null | undefined;
  /** Unique key of this attempt, such as a UUID; a retry with the same key and input within 24 hours changes nothing more */
  idempotencyKey?: string | null | undefined;
  /** Team that takes it */
  teamId?: string | number | null | undefined;
  /** Ticket to act on */
  ticketId: string | number;
};

/** How to pick tickets by who works on them. */
export type AssigneeFilter =
  {   /** IDs of people, any of whom works on the ticket */
  anyOf: Array<string | number>; isUnassigned?: never; }
  |  { anyOf?: never;   /** True for tickets that nobody works on, false for the others */
  isUnassigned: boolean; };

/** Input of createTicket. */
export type CreateTicketInput = {
  /** Description, up to 50,000 characters */
  details?: string;
  /** Unique key of this attempt, such as a UUID; a retry with the same key and input answers the first ticket for 24 hours */
  idempotencyKey?: string | null | undefined;
  /** Impact of the request; left out if nobody knows */
  impact?: Impact | null | undefined;
  /** Kind of the request; left out if nobody knows */
  kind?: TicketKind | null | undefined;
  /** Person whom the ticket is for; the viewer if left out */
  requesterId?: string | number | null | undefined;
  /** Search that did not answer the question */
  searchId?: string | number | null | undefined;
  /** Service that the request is about */
  serviceId?: string | number | null | undefined;
  /** One-line summary, 1 to 200 characters */
  subject: string;
  /** Urgency of the request; left out if nobody knows */
  urgency?: Urgency | null | undefined;
  /** Token of the anonymous reader who searched before signing in */
  visitor?: string | null | undefined;
};

/** Half-open range of time: from <= value < to. */
export type DateTimeRange = {
  /** Start of the range, included */
  from?: string | null | undefined;
  /** End of the range, excluded */
  to?: string | null | undefined;
};

/** How much of the business is affected. */
export type Impact =
  /** Much of it. */
  | 'HIGH'
  /** Little of it. */
  | 'LOW'
  /** Some of it. */
  | 'MEDIUM';

/** How pressing a request is, out of its impact and urgency. */
export type Priority =
  /** Everything else waits. */
  | 'CRITICAL'
  /** Before most others. */
  | 'HIGH'
  /** When there is time. */
  | 'LOW'
  /** In its turn. */
  | 'NORMAL';

/** What a service level clock measures. */
export type ServiceLevelClockName =
  /** Time until the solution. */
  | 'RESOLUTION'
  /** Time until the first answer of an agent. */
  | 'RESPONSE';

/** Where a service level clock stands. */
export type ServiceLevelClockState =
  /** It stopped after the target, within the minimum. */
  | 'LATE'
  /** It stopped within the target. */
  | 'MET'
  /** It stopped after the minimum. */
  | 'MISSED'
  /** The requester has to answer; no time counts. */
  | 'PAUSED'
  /** Its time counts in the hours of the agreement. */
  | 'RUNNING';

/** Conditions that the tickets meet, all of them. */
export type TicketFilter = {
  /** Who works on it */
  assignee?: AssigneeFilter | null | undefined;
  /** Categories, any of which the ticket has */
  categories?: Array<string> | null | undefined;
  /** Kinds, any of which the ticket has */
  kinds?: Array<TicketKind> | null | undefined;
  /** When it was asked */
  openedAt?: DateTimeRange | null | undefined;
  /** Organizations, any of which it is from */
  organizationIds?: Array<string | number> | null | undefined;
  /** Priorities, any of which the ticket has */
  priorities?: Array<Priority> | null | undefined;
  /** People, any of whom it is for */
  requesterIds?: Array<string | number> | null | undefined;
  /** States, any of which the ticket is in */
  states?: Array<TicketState> | null | undefined;
  /** Teams, any of which works on it */
  teamIds?: Array<string | number> | null | undefined;
  /** When something last happened to it */
  updatedAt?: DateTimeRange | null | undefined;
};

/** Kind of a request. */
export type TicketKind =
  /** Something they have has failed or got worse. */
  | 'INCIDENT'
  /** How to use something they already have. */
  | 'INFORMATION'
  /** Something that is not in the catalog. */
  | 'NEW_SERVICE'
  /** Something that is in the catalog. */
  | 'SERVICE_FULFILLMENT';

/** How to name a ticket. */
export type TicketLookup =
  {   /** ID of the ticket */
  id: string | number; number?: never; }
  |  { id?: never;   /** Number that people quote */
  number: number; };

/** Something that a viewer may do to a ticket. */
export type TicketPermission =
  /** addInternalNote */
  | 'ADD_INTERNAL_NOTE'
  /** assignTicket */
  | 'ASSIGN'
  /** classifyTicket */
  | 'CLASSIFY'
  /** confirmResolution */
  | 'CONFIRM_RESOLUTION'
  /** escalateTicket */
  | 'ESCALATE'
  /** refuseResolution */
  | 'REFUSE_RESOLUTION'
  /** reopenTicket */
  | 'REOPEN'
  /** addReply */
  | 'REPLY'
  /** resolveTicket */
  | 'RESOLVE'
  /** setEstimatedRepair */
  | 'SET_ESTIMATED_REPAIR';

/** State of a ticket: the fixed categories that everything counts by. */
export type TicketState =
  /** The requester confirmed, or did not answer in time. */
  | 'CLOSED'
  /** The help desk works on it. */
  | 'OPEN'
  /** A solution is given, and the requester has not said whether it works. */
  | 'RESOLVED'
  /** The requester has to answer; its clocks are paused. */
  | 'WAITING';

/** How soon it hurts. */
export type Urgency =
  /** At once. */
  | 'HIGH'
  /** It can wait. */
  | 'LOW'
  /** Soon. */
  | 'MEDIUM';

/** Reason of a refusal. New reasons may be added at any time. */
export type UserErrorCode =
  /** Its time is over. */
  | 'EXPIRED'
  /** The key was used before with another input. */
  | 'IDEMPOTENCY_KEY_REUSED'
  /** A value of the input is not acceptable. */
  | 'INVALID_INPUT'
  /** That can't happen to the ticket in its state. */
  | 'INVALID_TRANSITION'
  /** There is no such object, or the viewer may not see it. */
  | 'NOT_FOUND'
  /** The viewer may not do this. */
  | 'NOT_PERMITTED'
  /** A plugin objected. */
  | 'PLUGIN_REJECTION'
  /** Any other reason: see the message. */
  | 'REFUSED'
  /** The object has changed since the client read it. */
  | 'STALE_VERSION'
  /** Too many tries in a short time. */
  | 'TOO_MANY_ATTEMPTS';

export type TicketRowFragment = { id: string, number: number, subject: string, state: TicketState, priority: Priority, updatedAt: string, version: number, requester: { id: string, name: string } | null, clocks: Array<{ name: ServiceLevelClockName, state: ServiceLevelClockState, dueAt: string | null, target: { seconds: number, isMissed: boolean } }> };

export type TicketPageQueryVariables = Exact<{
  filter?: TicketFilter | null | undefined;
  after?: string | null | undefined;
}>;


export type TicketPageQuery = { tickets: { nodes: Array<{ id: string, number: number, subject: string, state: TicketState, priority: Priority, updatedAt: string, version: number, requester: { id: string, name: string } | null, clocks: Array<{ name: ServiceLevelClockName, state: ServiceLevelClockState, dueAt: string | null, target: { seconds: number, isMissed: boolean } }> }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type TicketDetailQueryVariables = Exact<{
  by: TicketLookup;
}>;


export type TicketDetailQuery = { ticket: { details: string, viewerPermissions: Array<TicketPermission>, id: string, number: number, subject: string, state: TicketState, priority: Priority, updatedAt: string, version: number, events: { nodes: Array<
        | { __typename: 'AgreementChosen', id: string, occurredAt: string }
        | { __typename: 'ClockMissed', id: string, occurredAt: string }
        | { __typename: 'ClockWarned', id: string, occurredAt: string }
        | { __typename: 'InternalNoteAdded', id: string, occurredAt: string }
        | { __typename: 'PluginSuggested', id: string, occurredAt: string }
        | { __typename: 'RepairEstimated', id: string, occurredAt: string }
        | { __typename: 'ReplyAdded', body: string, id: string, occurredAt: string }
        | { __typename: 'ResolutionConfirmed', id: string, occurredAt: string }
        | { __typename: 'ResolutionRefused', id: string, occurredAt: string }
        | { __typename: 'TicketAssigned', id: string, occurredAt: string }
        | { __typename: 'TicketClassified', id: string, occurredAt: string }
        | { __typename: 'TicketClosed', id: string, occurredAt: string }
        | { __typename: 'TicketEscalated', id: string, occurredAt: string }
        | { __typename: 'TicketRecorded', id: string, occurredAt: string }
        | { __typename: 'TicketReopened', id: string, occurredAt: string }
        | { __typename: 'TicketResolved', id: string, occurredAt: string }
      > }, requester: { id: string, name: string } | null, clocks: Array<{ name: ServiceLevelClockName, state: ServiceLevelClockState, dueAt: string | null, target: { seconds: number, isMissed: boolean } }> } | null };

export type AskForHelpMutationVariables = Exact<{
  input: CreateTicketInput;
}>;


export type AskForHelpMutation = { createTicket: { ticket: { id: string, number: number, subject: string, state: TicketState, priority: Priority, updatedAt: string, version: number, requester: { id: string, name: string } | null, clocks: Array<{ name: ServiceLevelClockName, state: ServiceLevelClockState, dueAt: string | null, target: { seconds: number, isMissed: boolean } }> } | null, errors: Array<
      | { __typename: 'IdempotencyKeyReused', code: UserErrorCode, message: string, path: Array<string> }
      | { __typename: 'InvalidInput', code: UserErrorCode, message: string, path: Array<string> }
      | { __typename: 'NotFound', code: UserErrorCode, message: string, path: Array<string> }
      | { __typename: 'NotPermitted', code: UserErrorCode, message: string, path: Array<string> }
      | { __typename: 'PluginRejection', code: UserErrorCode, message: string, path: Array<string> }
      | { __typename: 'Refusal', code: UserErrorCode, message: string, path: Array<string> }
    > } };

export type AssignToMutationVariables = Exact<{
  input: AssignTicketInput;
}>;


export type AssignToMutation = { assignTicket: { ticket: { id: string, number: number, subject: string, state: TicketState, priority: Priority, updatedAt: string, version: number, requester: { id: string, name: string } | null, clocks: Array<{ name: ServiceLevelClockName, state: ServiceLevelClockState, dueAt: string | null, target: { seconds: number, isMissed: boolean } }> } | null, errors: Array<
      | { __typename: 'IdempotencyKeyReused', message: string }
      | { __typename: 'InvalidInput', message: string }
      | { __typename: 'InvalidTransition', message: string }
      | { __typename: 'NotFound', message: string }
      | { __typename: 'NotPermitted', message: string }
      | { __typename: 'PluginRejection', message: string }
      | { __typename: 'Refusal', message: string }
      | { __typename: 'StaleVersion', message: string, currentVersion: number }
    > } };

export type TicketChangesSubscriptionVariables = Exact<{
  id: string | number;
  afterEvent?: number | null | undefined;
}>;


export type TicketChangesSubscription = { ticketChanged: { ticket: { id: string, number: number, subject: string, state: TicketState, priority: Priority, updatedAt: string, version: number, requester: { id: string, name: string } | null, clocks: Array<{ name: ServiceLevelClockName, state: ServiceLevelClockState, dueAt: string | null, target: { seconds: number, isMissed: boolean } }> }, events: Array<
      | { id: string, sequence: number }
      | { id: string, sequence: number }
      | { id: string, sequence: number }
      | { id: string, sequence: number }
      | { id: string, sequence: number }
      | { id: string, sequence: number }
      | { id: string, sequence: number }
      | { id: string, sequence: number }
      | { id: string, sequence: number }
      | { id: string, sequence: number }
      | { id: string, sequence: number }
      | { id: string, sequence: number }
      | { id: string, sequence: number }
      | { id: string, sequence: number }
      | { id: string, sequence: number }
      | { id: string, sequence: number }
    > } };

export const TicketRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TicketRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Ticket"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"subject"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"priority"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"requester"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"clocks"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"dueAt"}},{"kind":"Field","name":{"kind":"Name","value":"target"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"seconds"}},{"kind":"Field","name":{"kind":"Name","value":"isMissed"}}]}}]}}]}}]} as unknown as DocumentNode<TicketRowFragment, unknown>;
export const TicketPageDocument = {"__meta__":{"hash":"sha256:ba80cd56a47d6549ceca9cdbcd24bc29cb64698fc2c674493e408ec70bf11680"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"TicketPage"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"TicketFilter"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"tickets"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"20"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TicketRow"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TicketRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Ticket"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"subject"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"priority"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"requester"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"clocks"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"dueAt"}},{"kind":"Field","name":{"kind":"Name","value":"target"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"seconds"}},{"kind":"Field","name":{"kind":"Name","value":"isMissed"}}]}}]}}]}}]} as unknown as DocumentNode<TicketPageQuery, TicketPageQueryVariables>;
export const TicketDetailDocument = {"__meta__":{"hash":"sha256:c6bba3ddef7710513582f11d1c2e4c57d8afc2e9c888267107066f93c9be57de"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"TicketDetail"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"by"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"TicketLookup"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"ticket"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"by"},"value":{"kind":"Variable","name":{"kind":"Name","value":"by"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TicketRow"}},{"kind":"Field","name":{"kind":"Name","value":"details"}},{"kind":"Field","name":{"kind":"Name","value":"viewerPermissions"}},{"kind":"Field","name":{"kind":"Name","value":"events"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"last"},"value":{"kind":"IntValue","value":"20"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ReplyAdded"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"body"}}]}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TicketRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Ticket"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"subject"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"priority"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"requester"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"clocks"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"dueAt"}},{"kind":"Field","name":{"kind":"Name","value":"target"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"seconds"}},{"kind":"Field","name":{"kind":"Name","value":"isMissed"}}]}}]}}]}}]} as unknown as DocumentNode<TicketDetailQuery, TicketDetailQueryVariables>;
export const AskForHelpDocument = {"__meta__":{"hash":"sha256:454e81bef168291b6c585977ab18a784b195ef9b55b53962a69c27ba925c94c5"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"AskForHelp"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateTicketInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createTicket"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"ticket"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TicketRow"}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TicketRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Ticket"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"subject"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"priority"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"requester"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"clocks"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"dueAt"}},{"kind":"Field","name":{"kind":"Name","value":"target"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"seconds"}},{"kind":"Field","name":{"kind":"Name","value":"isMissed"}}]}}]}}]}}]} as unknown as DocumentNode<AskForHelpMutation, AskForHelpMutationVariables>;
export const AssignToDocument = {"__meta__":{"hash":"sha256:91f38569e78ec8c67d898c0c91687d4adf98398acca067941ee32ff6900499f8"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"AssignTo"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"AssignTicketInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"assignTicket"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"ticket"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TicketRow"}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"StaleVersion"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"currentVersion"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TicketRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Ticket"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"subject"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"priority"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"requester"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"clocks"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"dueAt"}},{"kind":"Field","name":{"kind":"Name","value":"target"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"seconds"}},{"kind":"Field","name":{"kind":"Name","value":"isMissed"}}]}}]}}]}}]} as unknown as DocumentNode<AssignToMutation, AssignToMutationVariables>;
export const TicketChangesDocument = {"__meta__":{"hash":"sha256:a1b00c98802218c409e5f1a43d840b067d8cffdaacceb353aed5fe38082dfeaa"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"TicketChanges"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"afterEvent"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"ticketChanged"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}},{"kind":"Argument","name":{"kind":"Name","value":"afterEvent"},"value":{"kind":"Variable","name":{"kind":"Name","value":"afterEvent"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"ticket"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TicketRow"}}]}},{"kind":"Field","name":{"kind":"Name","value":"events"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sequence"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TicketRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Ticket"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"subject"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"priority"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"requester"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"clocks"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"dueAt"}},{"kind":"Field","name":{"kind":"Name","value":"target"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"seconds"}},{"kind":"Field","name":{"kind":"Name","value":"isMissed"}}]}}]}}]}}]} as unknown as DocumentNode<TicketChangesSubscription, TicketChangesSubscriptionVariables>;