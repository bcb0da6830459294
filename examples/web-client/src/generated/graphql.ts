/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** Input of addReply. */
export type AddReplyInput = {
  /** Articles to send along, at most 20 */
  articleIds?: Array<string> | null | undefined;
  /** Text of the reply, up to 50,000 characters */
  body: string;
  /** Version of the ticket that the client has read; a StaleVersion error if it has changed */
  expectedVersion?: number | null | undefined;
  /** Unique key of this attempt, such as a UUID; a retry with the same key and input within 24 hours changes nothing more */
  idempotencyKey?: string | null | undefined;
  /** Whether the requesters of tickets that are merged into it get it too */
  isForMerged?: boolean;
  /** Ticket to act on */
  ticketId: string;
  /** Whether the requester has to answer: their clocks pause */
  waitsForRequester?: boolean;
};

/** How to pick tickets by who works on them. */
export type AssigneeFilter =
  {   /** IDs of people, any of whom works on the ticket */
  anyOf: Array<string>; isUnassigned?: never; }
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
  requesterId?: string | null | undefined;
  /** Search that did not answer the question */
  searchId?: string | null | undefined;
  /** Service that the request is about */
  serviceId?: string | null | undefined;
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
  organizationIds?: Array<string> | null | undefined;
  /** Priorities, any of which the ticket has */
  priorities?: Array<Priority> | null | undefined;
  /** People, any of whom it is for */
  requesterIds?: Array<string> | null | undefined;
  /** States, any of which the ticket is in */
  states?: Array<TicketState> | null | undefined;
  /** Teams, any of which works on it */
  teamIds?: Array<string> | null | undefined;
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

/** State of a ticket: the fixed categories that everything counts by. */
export type TicketState =
  /** The requester confirmed or did not answer, or it is merged into another. */
  | 'CLOSED'
  /** The help desk works on it. */
  | 'OPEN'
  /** A solution is given, and the requester has not said whether it works. */
  | 'RESOLVED'
  /** The requester or somebody else has to act first: see `waitingFor`. */
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
  /** That can't happen to the object in its state. */
  | 'INVALID_TRANSITION'
  /** There is no such object, or the viewer may not see it. */
  | 'NOT_FOUND'
  /** The viewer may not do this. */
  | 'NOT_PERMITTED'
  /** A plugin objected. */
  | 'PLUGIN_REJECTION'
  /** Any other reason: see the message. */
  | 'REFUSED'
  /** Binding golden queries would lose their answers: see the newest golden run. */
  | 'SEARCH_REGRESSION'
  /** Somebody else has to publish what the viewer wrote. */
  | 'SECOND_PERSON_NEEDED'
  /** The object has changed since the client read it. */
  | 'STALE_VERSION'
  /** Too many tries in a short time. */
  | 'TOO_MANY_ATTEMPTS';

export type TicketRowFragment = { id: string, number: number, subject: string, state: TicketState, version: number };

type Refusal_IdempotencyKeyReused_Fragment = { code: UserErrorCode, message: string, path: Array<string> };

type Refusal_InvalidInput_Fragment = { code: UserErrorCode, message: string, path: Array<string> };

type Refusal_InvalidTransition_Fragment = { code: UserErrorCode, message: string, path: Array<string> };

type Refusal_NotFound_Fragment = { code: UserErrorCode, message: string, path: Array<string> };

type Refusal_NotPermitted_Fragment = { code: UserErrorCode, message: string, path: Array<string> };

type Refusal_PluginRejection_Fragment = { code: UserErrorCode, message: string, path: Array<string> };

type Refusal_Refusal_Fragment = { code: UserErrorCode, message: string, path: Array<string> };

type Refusal_StaleVersion_Fragment = { code: UserErrorCode, message: string, path: Array<string> };

export type RefusalFragment =
  | Refusal_IdempotencyKeyReused_Fragment
  | Refusal_InvalidInput_Fragment
  | Refusal_InvalidTransition_Fragment
  | Refusal_NotFound_Fragment
  | Refusal_NotPermitted_Fragment
  | Refusal_PluginRejection_Fragment
  | Refusal_Refusal_Fragment
  | Refusal_StaleVersion_Fragment
;

export type TicketsQueryVariables = Exact<{
  filter?: TicketFilter | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type TicketsQuery = { tickets: { nodes: Array<{ id: string, number: number, subject: string, state: TicketState, version: number }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type CreateTicketMutationVariables = Exact<{
  input: CreateTicketInput;
}>;


export type CreateTicketMutation = { createTicket: { ticket: { id: string, number: number, subject: string, state: TicketState, version: number } | null, errors: Array<
      | { __typename: 'IdempotencyKeyReused', code: UserErrorCode, message: string, path: Array<string> }
      | { __typename: 'InvalidInput', code: UserErrorCode, message: string, path: Array<string> }
      | { __typename: 'NotFound', code: UserErrorCode, message: string, path: Array<string> }
      | { __typename: 'NotPermitted', code: UserErrorCode, message: string, path: Array<string> }
      | { __typename: 'PluginRejection', plugin: string, code: UserErrorCode, message: string, path: Array<string> }
      | { __typename: 'Refusal', code: UserErrorCode, message: string, path: Array<string> }
    > } };

export type AddReplyMutationVariables = Exact<{
  input: AddReplyInput;
}>;


export type AddReplyMutation = { addReply: { ticket: { id: string, number: number, subject: string, state: TicketState, version: number } | null, errors: Array<
      | { __typename: 'IdempotencyKeyReused', code: UserErrorCode, message: string, path: Array<string> }
      | { __typename: 'InvalidInput', code: UserErrorCode, message: string, path: Array<string> }
      | { __typename: 'InvalidTransition', state: TicketState, code: UserErrorCode, message: string, path: Array<string> }
      | { __typename: 'NotFound', code: UserErrorCode, message: string, path: Array<string> }
      | { __typename: 'NotPermitted', code: UserErrorCode, message: string, path: Array<string> }
      | { __typename: 'PluginRejection', plugin: string, code: UserErrorCode, message: string, path: Array<string> }
      | { __typename: 'Refusal', code: UserErrorCode, message: string, path: Array<string> }
      | { __typename: 'StaleVersion', currentVersion: number, code: UserErrorCode, message: string, path: Array<string> }
    > } };

export type TicketChangedSubscriptionVariables = Exact<{
  id: string;
  afterEvent?: number | null | undefined;
}>;


export type TicketChangedSubscription = { ticketChanged: { ticket: { id: string, number: number, subject: string, state: TicketState, version: number, events: { nodes: Array<
          | { sequence: number }
          | { sequence: number }
          | { sequence: number }
          | { sequence: number }
          | { sequence: number }
          | { sequence: number }
          | { sequence: number }
          | { sequence: number }
          | { sequence: number }
          | { sequence: number }
          | { sequence: number }
          | { sequence: number }
          | { sequence: number }
          | { sequence: number }
          | { sequence: number }
          | { sequence: number }
          | { sequence: number }
          | { sequence: number }
          | { sequence: number }
          | { sequence: number }
          | { sequence: number }
          | { sequence: number }
          | { sequence: number }
          | { sequence: number }
          | { sequence: number }
          | { sequence: number }
          | { sequence: number }
          | { sequence: number }
          | { sequence: number }
          | { sequence: number }
          | { sequence: number }
          | { sequence: number }
          | { sequence: number }
          | { sequence: number }
          | { sequence: number }
          | { sequence: number }
          | { sequence: number }
          | { sequence: number }
          | { sequence: number }
        > } }, events: Array<
      | { __typename: 'AgreementChosen', sequence: number }
      | { __typename: 'ArticleLinked', sequence: number }
      | { __typename: 'ArticleUnlinked', sequence: number }
      | { __typename: 'ClockMissed', sequence: number }
      | { __typename: 'ClockWarned', sequence: number }
      | { __typename: 'EstimateOverdue', sequence: number }
      | { __typename: 'InternalNoteAdded', sequence: number }
      | { __typename: 'KnownErrorTold', sequence: number }
      | { __typename: 'MessageForwarded', sequence: number }
      | { __typename: 'OperationalTargetMissed', sequence: number }
      | { __typename: 'OtherTicketMerged', sequence: number }
      | { __typename: 'OtherTicketUnmerged', sequence: number }
      | { __typename: 'OutageActionCompleted', sequence: number }
      | { __typename: 'OutageReportAccepted', sequence: number }
      | { __typename: 'OutageReportDiscarded', sequence: number }
      | { __typename: 'OutageReportDrafted', sequence: number }
      | { __typename: 'OutageReportRefused', sequence: number }
      | { __typename: 'OutageReportRevised', sequence: number }
      | { __typename: 'OutageReportSent', sequence: number }
      | { __typename: 'PluginSuggested', sequence: number }
      | { __typename: 'RepairEstimated', sequence: number }
      | { __typename: 'ReplyAdded', body: string, sequence: number }
      | { __typename: 'ResolutionConfirmed', sequence: number }
      | { __typename: 'ResolutionRefused', sequence: number }
      | { __typename: 'SolvedElsewhere', sequence: number }
      | { __typename: 'TicketAssigned', sequence: number }
      | { __typename: 'TicketClassified', sequence: number }
      | { __typename: 'TicketClosed', sequence: number }
      | { __typename: 'TicketEscalated', sequence: number }
      | { __typename: 'TicketImported', sequence: number }
      | { __typename: 'TicketMerged', sequence: number }
      | { __typename: 'TicketMoved', sequence: number }
      | { __typename: 'TicketPaused', sequence: number }
      | { __typename: 'TicketRecorded', sequence: number }
      | { __typename: 'TicketReopened', sequence: number }
      | { __typename: 'TicketResolved', sequence: number }
      | { __typename: 'TicketResumed', sequence: number }
      | { __typename: 'TicketSplit', sequence: number }
      | { __typename: 'TicketUnmerged', sequence: number }
    > } };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const TicketRowFragmentDoc = new TypedDocumentString(`
    fragment TicketRow on Ticket {
  id
  number
  subject
  state
  version
}
    `, {"fragmentName":"TicketRow"}) as unknown as TypedDocumentString<TicketRowFragment, unknown>;
export const RefusalFragmentDoc = new TypedDocumentString(`
    fragment Refusal on UserError {
  code
  message
  path
}
    `, {"fragmentName":"Refusal"}) as unknown as TypedDocumentString<RefusalFragment, unknown>;
export const TicketsDocument = new TypedDocumentString(`
    query Tickets($filter: TicketFilter, $first: Int!, $after: String) {
  tickets(
    filter: $filter
    first: $first
    after: $after
    orderBy: {field: NUMBER, direction: ASC}
  ) {
    nodes {
      ...TicketRow
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment TicketRow on Ticket {
  id
  number
  subject
  state
  version
}`, {"hash":"sha256:db856f614a0a5d47ff5dabafa21c07f60056b6cbf7d6c1bd94d2e884367c7f48"}) as unknown as TypedDocumentString<TicketsQuery, TicketsQueryVariables>;
export const CreateTicketDocument = new TypedDocumentString(`
    mutation CreateTicket($input: CreateTicketInput!) {
  createTicket(input: $input) {
    ticket {
      ...TicketRow
    }
    errors {
      __typename
      ...Refusal
      ... on PluginRejection {
        plugin
      }
    }
  }
}
    fragment TicketRow on Ticket {
  id
  number
  subject
  state
  version
}
fragment Refusal on UserError {
  code
  message
  path
}`, {"hash":"sha256:2eb464cd875487cb9205bbaff31714d44f179ca6f35fb80947273c7cb77ef3d9"}) as unknown as TypedDocumentString<CreateTicketMutation, CreateTicketMutationVariables>;
export const AddReplyDocument = new TypedDocumentString(`
    mutation AddReply($input: AddReplyInput!) {
  addReply(input: $input) {
    ticket {
      ...TicketRow
    }
    errors {
      __typename
      ...Refusal
      ... on InvalidTransition {
        state
      }
      ... on StaleVersion {
        currentVersion
      }
      ... on PluginRejection {
        plugin
      }
    }
  }
}
    fragment TicketRow on Ticket {
  id
  number
  subject
  state
  version
}
fragment Refusal on UserError {
  code
  message
  path
}`, {"hash":"sha256:8776d08bfd0d8813077664fa3519400ff92adcc1fd2e29e2d48ce3010a7ff4c1"}) as unknown as TypedDocumentString<AddReplyMutation, AddReplyMutationVariables>;
export const TicketChangedDocument = new TypedDocumentString(`
    subscription TicketChanged($id: ID!, $afterEvent: Int) {
  ticketChanged(id: $id, afterEvent: $afterEvent) {
    ticket {
      ...TicketRow
      events(last: 1) {
        nodes {
          sequence
        }
      }
    }
    events {
      __typename
      sequence
      ... on ReplyAdded {
        body
      }
    }
  }
}
    fragment TicketRow on Ticket {
  id
  number
  subject
  state
  version
}`, {"hash":"sha256:41e69c6e5d6103b092bcc7906d6b8e29368f4e75af1b74611d80607627eb9d2b"}) as unknown as TypedDocumentString<TicketChangedSubscription, TicketChangedSubscriptionVariables>;