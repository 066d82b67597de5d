import type { Draft } from './entry';

/**
 * What survives a reload. `sessionStorage`, not `localStorage`: a debt is nobody else's business, so
 * the session dies with the tab on a shared phone, yet outlives a reload and a walk through the
 * lender's pages.
 */
export interface SavedSession {
  token: string;
  expiresAt: string;
  /** The host page's opaque key of its user, '' when there is none. */
  hostUser: string;
}

export interface SessionStore {
  session(): SavedSession | null;
  saveSession(session: SavedSession | null): void;
  outbox(): Draft[];
  saveOutbox(drafts: readonly Draft[]): void;
}

const SESSION_KEY = 'yuqi-chat.session';
const OUTBOX_KEY = 'yuqi-chat.outbox';

function read(storage: Storage, key: string): unknown {
  try {
    return JSON.parse(storage.getItem(key) ?? 'null');
  } catch {
    return null;
  }
}

function write(storage: Storage, key: string, value: unknown): void {
  try {
    if (value === null) storage.removeItem(key);
    else storage.setItem(key, JSON.stringify(value));
  } catch {
    // A full or forbidden storage only costs the history after a reload.
  }
}

export function browserStore(storage: Storage): SessionStore {
  return {
    session: () => read(storage, SESSION_KEY) as SavedSession | null,
    saveSession: (session) => {
      write(storage, SESSION_KEY, session);
    },
    outbox: () => (read(storage, OUTBOX_KEY) as Draft[] | null) ?? [],
    saveOutbox: (drafts) => {
      write(storage, OUTBOX_KEY, drafts.length ? drafts : null);
    },
  };
}

/** For browsers that forbid storage (a strict embed): everything works except a reload. */
export function memoryStore(): SessionStore {
  let session: SavedSession | null = null;
  let outbox: Draft[] = [];
  return {
    session: () => session,
    saveSession: (next) => {
      session = next;
    },
    outbox: () => outbox,
    saveOutbox: (drafts) => {
      outbox = [...drafts];
    },
  };
}

export function openStore(): SessionStore {
  try {
    const storage = window.sessionStorage;
    storage.setItem('yuqi-chat.probe', '1');
    storage.removeItem('yuqi-chat.probe');
    return browserStore(storage);
  } catch {
    return memoryStore();
  }
}
