/** One request to the channel, and every way it can fail, as typed errors. */

/** The request may or may not have reached the server: safe to repeat with the same id. */
export class ConnectionLost extends Error {
  constructor() {
    super('connection lost');
    this.name = 'ConnectionLost';
  }
}

/** The server answered, and refused. `sentence` is its own kind Chinese, possibly empty. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly sentence: string,
    /** Seconds to wait, from `Retry-After`; null when not said. */
    readonly retryAfter: number | null = null,
  ) {
    super(`${String(status)} ${code}`);
    this.name = 'Refused';
  }

  get sessionEnded(): boolean {
    return this.status === 401;
  }
}

export interface HttpOptions {
  base: string;
  /** Milliseconds until a request without an answer counts as lost. */
  timeout: number;
  fetch: typeof fetch;
}

export interface HttpRequest {
  method: 'GET' | 'POST' | 'DELETE';
  path: string;
  token?: string | null;
  body?: unknown;
}

function headersFor(request: HttpRequest): Record<string, string> {
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (request.token) headers.Authorization = `Bearer ${request.token}`;
  if (request.body !== undefined) headers['Content-Type'] = 'application/json';
  return headers;
}

async function bodyOf(response: Response): Promise<unknown> {
  if (response.status === 204) return null;
  try {
    return await response.json();
  } catch {
    return null;
  }
}

function seconds(header: string | null): number | null {
  const value = Number(header);
  return header && Number.isFinite(value) && value >= 0 ? value : null;
}

/** The refusal an error answer describes; tolerates a proxy's page in place of our JSON. */
export async function refusalFrom(response: Response): Promise<Refused> {
  const body = (await bodyOf(response)) as { error?: { code?: string; message?: string } } | null;
  return new Refused(
    response.status,
    body?.error?.code ?? 'unknown',
    body?.error?.message ?? '',
    seconds(response.headers.get('Retry-After')),
  );
}

export async function send(options: HttpOptions, request: HttpRequest): Promise<unknown> {
  const abort = new AbortController();
  const timer = setTimeout(() => {
    abort.abort();
  }, options.timeout);
  try {
    const response = await options.fetch(options.base + request.path, {
      method: request.method,
      headers: headersFor(request),
      credentials: 'omit',
      cache: 'no-store',
      signal: abort.signal,
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
    });
    if (!response.ok) throw await refusalFrom(response);
    return await bodyOf(response);
  } catch (error) {
    if (error instanceof Refused) throw error;
    throw new ConnectionLost();
  } finally {
    clearTimeout(timer);
  }
}
