/** Typed documents by fetch, subscriptions as server-sent events. Knows nothing of tickets. */
import { NetworkError, createClient } from 'graphql-sse';
import type { RequestParams } from 'graphql-sse';
import type { TypedDocumentString } from './generated/graphql.js';

export interface Options {
  url: string;
  /** Asked for every request, so that a new token is used at once. */
  token: () => string;
  /** What this client causes is not told to its own subscriptions. */
  clientId?: string;
  /** Sends ids in place of texts, for a desk started with `generated/persisted-documents.json`. */
  published?: boolean;
  fetch?: typeof fetch;
  wait?: (seconds: number) => Promise<void>;
}

interface GraphQLError {
  message: string;
  extensions?: { code?: string; errorId?: string };
}

/** What the developer must mend, or the desk: never shown beside a field of a form. */
export class Fault extends Error {
  override name = 'Fault';
  readonly code: string;
  /** Quote it to the desk: it is in the server's log. */
  readonly errorId: string | undefined;

  constructor(readonly errors: readonly GraphQLError[], status = 200) {
    super(errors[0]?.message ?? `The desk answered ${status}.`);
    this.code = errors[0]?.extensions?.code ?? `HTTP_${status}`;
    this.errorId = errors[0]?.extensions?.errorId;
  }
}

export class Client {
  private readonly options: Required<Options>;

  constructor(options: Options) {
    this.options = { clientId: crypto.randomUUID(), published: false, fetch, wait, ...options };
  }

  /** The data of a query or a mutation. Sent once more if that can't do anything twice. */
  async request<R, V>(document: TypedDocumentString<R, V>, variables: V): Promise<R> {
    const send = () => this.send({ ...this.named(document), variables });
    let [response, text] = await send().catch((failure: unknown) => {
      if (isMutation(document) && !hasKey(variables)) throw failure;
      return send();
    });
    if (response.status === 429) {
      await this.options.wait(Number(response.headers.get('retry-after') ?? 1));
      [response, text] = await send();
    }
    const { data, errors } = parsed<R>(text);
    if (errors || !data) throw new Fault(errors ?? [], response.status);
    return data;
  }

  /**
   * What a subscription tells, across interruptions: `known` takes from each value the variables
   * with which to go on. Ends when the desk says so, or when you stop iterating.
   */
  async *subscribe<R, V>(
    document: TypedDocumentString<R, V>,
    variables: V,
    known: (value: R) => Partial<V>,
  ): AsyncGenerator<R, void, void> {
    let current = variables;
    const request = {
      ...this.named(document),
      get variables() {
        return current;
      },
    };
    const stream = this.events().iterate<R>(request as RequestParams, {
      message({ event, data }) {
        // When it arrives, not when it is read: what waits to be read is not asked for again.
        const value = event === 'next' && data && 'data' in data ? (data.data as R) : null;
        if (value) current = { ...current, ...known(value) };
      },
    });
    for await (const { data, errors } of stream) {
      if (errors || !data) throw new Fault((errors ?? []) as readonly GraphQLError[]);
      yield data;
    }
  }

  private named<R, V>(document: TypedDocumentString<R, V>) {
    const { published } = this.options;
    return published ? { documentId: document.__meta__?.['hash'] } : { query: document.toString() };
  }

  private async send(body: object): Promise<[Response, string]> {
    const { fetch, url } = this.options;
    const headers = {
      ...this.headers(),
      accept: 'application/graphql-response+json',
      'content-type': 'application/json',
    };
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
    return [response, await response.text()];
  }

  private events() {
    const { fetch, url, wait } = this.options;
    let refused: Fault | undefined; // 4xx: coming back would not help
    return createClient({
      url,
      headers: () => this.headers(),
      retryAttempts: Infinity,
      async fetchFn(input: string, init: RequestInit) {
        const response = await fetch(input, init);
        const { status } = response;
        if (status >= 400 && status < 500 && status !== 429)
          refused = new Fault(parsed(await response.text()).errors ?? [], status);
        return response.ok ? interruptible(response) : response;
      },
      async retry(attempt) {
        if (refused) throw refused;
        await wait(Math.min(2 ** attempt, 30) * (0.5 + Math.random()));
      },
    });
  }

  private headers() {
    const { token, clientId } = this.options;
    return { authorization: `Bearer ${token()}`, 'foredesk-client-id': clientId };
  }
}

const wait = (seconds: number) =>
  new Promise<void>((resolve) => setTimeout(resolve, seconds * 1000));

/** graphql-sse overlooks an end that comes along with the last event: here it is always told. */
function interruptible({ body }: Response): Response {
  const end = new TransformStream<Uint8Array, Uint8Array>({
    flush: (controller) => controller.error(new NetworkError('The connection has ended.')),
  });
  return new Response(body?.pipeThrough(end) ?? null);
}

const isMutation = (document: object) => /^\s*mutation\b/m.test(document.toString());

const hasKey = (variables: unknown) =>
  Boolean((variables as { input?: { idempotencyKey?: string } }).input?.idempotencyKey);

function parsed<R>(text: string): { data?: R | null; errors?: readonly GraphQLError[] } {
  try {
    return JSON.parse(text);
  } catch {
    return {}; // a page of some proxy
  }
}
