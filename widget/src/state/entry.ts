import type { Card, ReplyButton, ServerMessage } from '../contract/types';

/**
 * How far a message of the borrower's has come. `sending`: on its way; `waiting`: the connection is
 * gone and it is repeated by itself; `failed`: it stays until the borrower decides.
 */
export type Delivery = 'sent' | 'sending' | 'waiting' | 'failed';

/** Why a message waits or failed, as a key of the `delivery` texts. */
export type Problem = 'offline' | 'server' | 'busy' | 'ended' | 'refused';

export interface UserEntry {
  kind: 'user';
  key: string;
  /** Made once; every repeat carries the same one, so the server answers it once. */
  id: string;
  seq: number | null;
  at: string;
  text: string;
  /** The opaque value to send in place of the text, when a button was pressed. */
  button: string | null;
  delivery: Delivery;
  problem: Problem | null;
  /** The server's own words for a refusal. */
  reason: string;
}

export interface ReplyEntry {
  kind: 'bot' | 'person';
  key: string;
  seq: number;
  at: string;
  text: string;
  buttons: ReplyButton[];
  card: Card | null;
  inReplyTo: string | null;
}

export type Entry = UserEntry | ReplyEntry;

export interface Draft {
  id: string;
  at: string;
  text: string;
  button: string | null;
}

export function userEntry(draft: Draft): UserEntry {
  return {
    kind: 'user',
    key: `u-${draft.id}`,
    seq: null,
    delivery: 'sending',
    problem: null,
    reason: '',
    ...draft,
  };
}

function fromHistory(message: ServerMessage): UserEntry {
  const id = message.id ?? `seq-${String(message.seq)}`;
  return {
    ...userEntry({ id, at: message.at, text: message.text, button: null }),
    seq: message.seq,
    delivery: 'sent',
  };
}

function replyEntry(message: ServerMessage, kind: 'bot' | 'person'): ReplyEntry {
  return {
    kind,
    key: `s-${String(message.seq)}`,
    seq: message.seq,
    at: message.at,
    text: message.text,
    buttons: message.buttons,
    card: message.card,
    inReplyTo: message.in_reply_to,
  };
}

function entryOf(message: ServerMessage): Entry {
  return message.from === 'user' ? fromHistory(message) : replyEntry(message, message.from);
}

function isKnown(entries: readonly Entry[], message: ServerMessage): boolean {
  return entries.some((entry) => entry.seq === message.seq);
}

/** Where a message belongs: after what it answers, else by `seq`, else at the end. */
function placeFor(entries: readonly Entry[], entry: Entry): number {
  if (entry.kind !== 'user' && entry.inReplyTo) {
    const asked = entries.findIndex((each) => each.kind === 'user' && each.id === entry.inReplyTo);
    if (asked >= 0) {
      let place = asked + 1;
      while (belongsBefore(entries[place], entry)) place += 1;
      return place;
    }
  }
  const later = entries.findIndex((each) => each.seq !== null && each.seq > (entry.seq ?? 0));
  return later < 0 ? entries.length : later;
}

function belongsBefore(other: Entry | undefined, entry: ReplyEntry): boolean {
  return other !== undefined && other.kind !== 'user' && other.seq < entry.seq;
}

function confirmSent(entries: Entry[], id: string, seq: number | null): Entry[] {
  return entries.map((entry) =>
    entry.kind === 'user' && entry.id === id
      ? { ...entry, seq: seq ?? entry.seq, delivery: 'sent', problem: null, reason: '' }
      : entry,
  );
}

function mergeOne(entries: Entry[], message: ServerMessage): Entry[] {
  if (isKnown(entries, message)) return entries;
  const id = message.id;
  if (message.from === 'user' && id && entries.some((e) => e.kind === 'user' && e.id === id)) {
    return confirmSent(entries, id, message.seq);
  }
  // An answer proves that its question arrived, even if our own request never came back.
  const confirmed = message.in_reply_to
    ? confirmSent(entries, message.in_reply_to, null)
    : entries;
  const entry = entryOf(message);
  const place = placeFor(confirmed, entry);
  return [...confirmed.slice(0, place), entry, ...confirmed.slice(place)];
}

/** The entries with these messages in their places; a message already there changes nothing. */
export function merge(entries: Entry[], messages: readonly ServerMessage[]): Entry[] {
  return messages.reduce(mergeOne, entries);
}

export function lastSeq(entries: readonly Entry[]): number {
  return entries.reduce((highest, entry) => Math.max(highest, entry.seq ?? 0), 0);
}

/** Messages not yet answered for, oldest first. */
export function undelivered(entries: readonly Entry[]): UserEntry[] {
  return entries.filter(
    (entry): entry is UserEntry => entry.kind === 'user' && entry.delivery !== 'sent',
  );
}
