import type { Reply } from '../contract/types';
import type { ChatApi, Utterance } from '../transport/api';
import { jittered } from '../transport/backoff';
import { ConnectionLost, Refused } from '../transport/http';
import type { ChatAction } from './chat';
import type { Credential } from './credential';
import { undelivered, type Entry, type UserEntry } from './entry';

/** Repeats after a server error before the borrower is asked; a lost line is repeated for ever. */
const SERVER_TRIES = 3;
const BUSY_SECONDS = 10;
/** The same message came before and is not answered yet: asked again a little later. */
const STILL_ANSWERING = 'in_progress';

export interface OutboxOptions {
  api: ChatApi;
  credential: Credential;
  entries: () => readonly Entry[];
  dispatch: (action: ChatAction) => void;
  onReply: (reply: Reply) => void;
  onSessionEnded: () => void;
}

/**
 * Sends what the borrower said, one at a time and in order. A message whose answer got lost is sent
 * again with its own id; the server answers it from memory, so nothing happens twice.
 */
export class Outbox {
  private busy = false;
  private attempts = new Map<string, number>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** Raised by `stop`, so that an answer to an old session's request is not acted on. */
  private generation = 0;

  constructor(private readonly options: OutboxOptions) {}

  pump(): void {
    if (this.busy) return;
    const next = this.next();
    if (next && this.options.credential.token) void this.run(next);
  }

  retry(id: string): void {
    this.attempts.delete(id);
    this.options.dispatch({ type: 'sending', id });
    clearTimeout(this.timer);
    this.pump();
  }

  retryWaiting(): void {
    const waiting = undelivered(this.options.entries()).find((e) => e.delivery === 'waiting');
    if (waiting) this.retry(waiting.id);
  }

  stop(): void {
    this.generation += 1;
    this.busy = false;
    this.attempts.clear();
    clearTimeout(this.timer);
  }

  private next(): UserEntry | undefined {
    const queue = undelivered(this.options.entries()).filter((e) => e.delivery !== 'failed');
    return queue[0]?.delivery === 'waiting' ? undefined : queue[0];
  }

  private async run(entry: UserEntry): Promise<void> {
    const generation = this.generation;
    const { token } = this.options.credential;
    if (!token) return;
    this.busy = true;
    this.options.dispatch({ type: 'sending', id: entry.id });
    try {
      const reply = await this.options.api.say(token, utteranceOf(entry));
      if (generation !== this.generation) return;
      this.attempts.delete(entry.id);
      this.options.dispatch({ type: 'delivered', id: entry.id });
      this.options.onReply(reply);
    } catch (error) {
      if (generation !== this.generation) return;
      // Where somebody signed in meanwhile, the same message goes out again under the new token.
      if (!isSessionEnded(error)) this.failed(entry, error);
      else if (await this.options.credential.isOver(token)) this.options.onSessionEnded();
      if (generation !== this.generation) return;
    }
    this.busy = false;
    this.pump();
  }

  private failed(entry: UserEntry, error: unknown): void {
    if (error instanceof ConnectionLost) {
      this.hold(entry, 'offline', '', jittered(this.attempt(entry)));
    } else if (!(error instanceof Refused)) {
      throw error;
    } else if (error.status === 429 || error.code === STILL_ANSWERING) {
      this.hold(entry, 'busy', error.sentence, (error.retryAfter ?? BUSY_SECONDS) * 1_000);
    } else if (error.status >= 500) {
      this.serverFailed(entry, error);
    } else {
      const { id } = entry;
      this.options.dispatch({ type: 'gave_up', id, problem: 'refused', reason: error.sentence });
    }
  }

  private serverFailed(entry: UserEntry, error: Refused): void {
    const attempt = this.attempt(entry);
    if (attempt < SERVER_TRIES) {
      this.hold(entry, 'server', error.sentence, jittered(attempt));
      return;
    }
    const { id } = entry;
    this.options.dispatch({ type: 'gave_up', id, problem: 'server', reason: error.sentence });
  }

  private attempt(entry: UserEntry): number {
    const attempt = this.attempts.get(entry.id) ?? 0;
    this.attempts.set(entry.id, attempt + 1);
    return attempt;
  }

  private hold(
    entry: UserEntry,
    problem: 'offline' | 'busy' | 'server',
    reason: string,
    milliseconds: number,
  ): void {
    this.options.dispatch({ type: 'held', id: entry.id, problem, reason });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.options.dispatch({ type: 'sending', id: entry.id });
      this.pump();
    }, milliseconds);
  }
}

function isSessionEnded(error: unknown): boolean {
  return error instanceof Refused && error.sessionEnded;
}

function utteranceOf(entry: UserEntry): Utterance {
  return entry.button === null
    ? { id: entry.id, text: entry.text }
    : { id: entry.id, button: entry.button };
}
