import { parseHandoff, parseMessage } from '../contract/parse';
import type { Handoff, ServerMessage } from '../contract/types';
import { jittered } from './backoff';
import { refusalFrom } from './http';
import { SseParser, type SseEvent } from './sse';

/** The server writes something at least every 15 s; three missed beats mean the line is dead. */
const SILENCE_MS = 45_000;

export interface EventStreamOptions {
  base: string;
  fetch: typeof fetch;
  token: () => string | null;
  /** The highest `seq` the page has: where the stream resumes. */
  after: () => number;
  onMessage: (message: ServerMessage) => void;
  onHandoff: (handoff: Handoff | null) => void;
  onSessionEnded: () => void;
}

/** Messages that arrive unasked: reconnects and resumes by itself until stopped. */
export class EventStream {
  private abort: AbortController | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private watchdog: ReturnType<typeof setTimeout> | undefined;
  private attempt = 0;
  private running = false;

  constructor(private readonly options: EventStreamOptions) {}

  start(): void {
    if (this.running) return;
    this.running = true;
    this.attempt = 0;
    void this.connect();
  }

  stop(): void {
    this.running = false;
    clearTimeout(this.timer);
    clearTimeout(this.watchdog);
    this.abort?.abort();
    this.abort = null;
  }

  /** Drops the line and dials again at once: the token changed, or the network came back. */
  restart(): void {
    this.stop();
    this.start();
  }

  private async connect(): Promise<void> {
    const token = this.options.token();
    if (!token || !this.running) return;
    const abort = new AbortController();
    this.abort = abort;
    try {
      const ended = await this.listen(token, abort);
      if (ended) return;
    } catch {
      // Lost or aborted: dialled again below, unless this attempt was replaced.
    }
    clearTimeout(this.watchdog);
    if (this.isCurrent(abort)) this.dialLater();
  }

  /** Reads until the line drops; true when there is no reason to dial again. */
  private async listen(token: string, abort: AbortController): Promise<boolean> {
    const after = String(this.options.after());
    const response = await this.options.fetch(`${this.options.base}/events?after=${after}`, {
      headers: {
        Accept: 'text/event-stream',
        Authorization: `Bearer ${token}`,
        'Last-Event-ID': after,
      },
      credentials: 'omit',
      cache: 'no-store',
      signal: abort.signal,
    });
    if (!response.ok || !response.body) return this.refused(response, abort);
    this.attempt = 0;
    const parser = new SseParser();
    const decoder = new TextDecoder();
    const reader = response.body.getReader();
    this.listenForSilence(abort);
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      this.listenForSilence(abort);
      parser.push(decoder.decode(piece.value, { stream: true })).forEach((event) => {
        this.deliver(event);
      });
    }
    return false;
  }

  private isCurrent(abort: AbortController): boolean {
    return this.running && this.abort === abort;
  }

  private async refused(response: Response, abort: AbortController): Promise<boolean> {
    const refusal = await refusalFrom(response);
    if (refusal.sessionEnded && this.isCurrent(abort)) {
      this.stop();
      this.options.onSessionEnded();
      return true;
    }
    return false;
  }

  private deliver(event: SseEvent): void {
    let data: unknown;
    try {
      data = JSON.parse(event.data);
    } catch {
      return;
    }
    if (event.event === 'handoff') this.options.onHandoff(parseHandoff(data));
    if (event.event !== 'message') return;
    const message = parseMessage(data);
    if (message) this.options.onMessage(message);
  }

  private listenForSilence(abort: AbortController): void {
    clearTimeout(this.watchdog);
    this.watchdog = setTimeout(() => {
      abort.abort();
    }, SILENCE_MS);
  }

  private dialLater(): void {
    this.timer = setTimeout(() => void this.connect(), jittered(this.attempt));
    this.attempt += 1;
  }
}
