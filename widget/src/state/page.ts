import type { ServerMessage } from '../contract/types';
import { INITIAL, reduce, type ChatAction, type ChatState } from './chat';
import { undelivered, type Draft } from './entry';

/** What the page shows, in one place, and who wants to know when it changes. */
export class Page {
  private current: ChatState = INITIAL;
  private visible = true;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly onChange: () => void) {}

  get state(): ChatState {
    return this.current;
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  dispatch(action: ChatAction): void {
    const next = reduce(this.current, action);
    if (next === this.current) return;
    this.current = next;
    this.onChange();
    this.listeners.forEach((listener) => {
      listener();
    });
  }

  /** Messages that came; those that nobody saw come are counted. */
  receive(messages: ServerMessage[]): void {
    const known = new Set(this.current.entries.map((entry) => entry.seq));
    const fresh = messages.filter((m) => m.from !== 'user' && !known.has(m.seq));
    this.dispatch({ type: 'received', messages, unread: this.visible ? 0 : fresh.length });
  }

  setVisible(visible: boolean): void {
    this.visible = visible;
    if (visible) this.dispatch({ type: 'read' });
  }

  /** What has not reached the server, in the form in which it outlives a reload. */
  unsent(): Draft[] {
    return undelivered(this.current.entries).map(({ id, at, text, button }) => ({
      id,
      at,
      text,
      button,
    }));
  }

  /** Messages that had not reached the server when the page was left are queued again, once. */
  restore(unsent: readonly Draft[]): void {
    const known = new Set(
      this.current.entries.flatMap((entry) => (entry.kind === 'user' ? [entry.id] : [])),
    );
    unsent
      .filter((draft) => !known.has(draft.id))
      .forEach((draft) => {
        this.dispatch({ type: 'queued', draft });
      });
  }
}
