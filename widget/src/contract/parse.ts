import { issuedAt } from './issued';
import type {
  Borrower,
  ButtonStyle,
  Card,
  Handoff,
  OpenedLink,
  PhoneChallenge,
  Reply,
  ReplyButton,
  Sender,
  ServerMessage,
  Session,
  ShownCode,
  SignIn,
} from './types';

/**
 * Reads what the server sent. A message the page cannot fully read still shows its words: `text`
 * always says everything, so an unknown card is dropped rather than the message.
 */

type Raw = Record<string, unknown>;

const CARD_LISTS: Readonly<Record<Card['type'], readonly string[]>> = {
  quote: ['items'],
  plan_options: ['options'],
  schedule: ['rows'],
  timeline: ['rows'],
  disclosure: ['rows'],
  sources: ['rows'],
  sign_in: [],
  handoff: [],
  help_lines: ['rows'],
};

const SENDERS: readonly Sender[] = ['user', 'bot', 'person'];
const BUTTON_STYLES: readonly ButtonStyle[] = ['primary', 'default', 'quiet'];

function isRecord(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function oneOf<T extends string>(value: unknown, allowed: readonly T[], otherwise: T): T {
  return allowed.find((candidate) => candidate === value) ?? otherwise;
}

/** The card, or null when its type is unknown or a list it needs is missing. */
export function parseCard(value: unknown): Card | null {
  if (!isRecord(value)) return null;
  const lists = Object.entries(CARD_LISTS).find(([type]) => type === value.type)?.[1];
  if (!lists?.every((name) => Array.isArray(value[name]))) return null;
  if (value.type === 'plan_options') return parsePlanOptions(value);
  return value as unknown as Card;
}

function parsePlanOptions(value: Raw): Card {
  const options = listOf(value.options)
    .filter(isRecord)
    .map((option) => ({
      ...option,
      highlights: listOf(option.highlights),
      balance: listOf(option.balance),
      schedule: listOf(option.schedule),
      disclosure: listOf(option.disclosure),
    }));
  return { ...value, options, do_nothing: listOf(value.do_nothing) } as unknown as Card;
}

function parseButton(value: unknown): ReplyButton[] {
  if (!isRecord(value) || !textOf(value.title) || !textOf(value.value)) return [];
  return [
    {
      title: textOf(value.title),
      value: textOf(value.value),
      style: oneOf(value.style, BUTTON_STYLES, 'default'),
    },
  ];
}

/** The message, or null when it has no place in the conversation (no `seq`). */
export function parseMessage(value: unknown): ServerMessage | null {
  if (!isRecord(value) || typeof value.seq !== 'number') return null;
  return {
    seq: value.seq,
    from: oneOf(value.from, SENDERS, 'bot'),
    at: textOf(value.at),
    id: textOrNull(value.id),
    in_reply_to: textOrNull(value.in_reply_to),
    text: textOf(value.text),
    buttons: listOf(value.buttons).flatMap(parseButton),
    card: parseCard(value.card),
  };
}

export function parseMessages(value: unknown): ServerMessage[] {
  return listOf(value)
    .map(parseMessage)
    .filter((message): message is ServerMessage => message !== null);
}

export function parseHandoff(value: unknown): Handoff | null {
  if (!isRecord(value)) return null;
  if (value.state !== 'waiting' && value.state !== 'active') return null;
  return {
    state: value.state,
    position: typeof value.position === 'number' ? value.position : null,
  };
}

export function parseReply(value: unknown): Reply {
  const raw = isRecord(value) ? value : {};
  return { messages: parseMessages(raw.messages), handoff: parseHandoff(raw.handoff) };
}

function parseBorrower(value: unknown): Borrower | null {
  return isRecord(value) && textOf(value.display_name)
    ? { display_name: textOf(value.display_name) }
    : null;
}

/** The session; `token` is the one in use when the answer repeats none. */
export function parseSession(value: unknown, tokenInUse = ''): Session {
  const raw = isRecord(value) ? value : {};
  return {
    token: textOf(raw.token) || tokenInUse,
    expires_at: textOf(raw.expires_at),
    // Of this answer's token alone: an older one tells an older time.
    issued_at: issuedAt(textOf(raw.token)),
    borrower: parseBorrower(raw.borrower),
    ai_label: textOf(raw.ai_label),
    demo: raw.demo === true,
  };
}

export function parseSignIn(value: unknown): SignIn {
  const raw = isRecord(value) ? value : {};
  return {
    token: textOf(raw.token),
    expires_at: textOf(raw.expires_at),
    issued_at: issuedAt(textOf(raw.token)),
    borrower: parseBorrower(raw.borrower) ?? { display_name: '' },
    messages: parseMessages(raw.messages),
  };
}

export function parseChallenge(value: unknown): PhoneChallenge {
  const raw = isRecord(value) ? value : {};
  return {
    challenge: textOf(raw.challenge),
    expires_at: textOf(raw.expires_at),
    demo_code: textOrNull(raw.demo_code),
  };
}

export function parseLink(value: unknown): OpenedLink {
  const raw = isRecord(value) ? value : {};
  return { channel: textOf(raw.channel), expires_at: textOf(raw.expires_at) };
}

export function parseShownCode(value: unknown): ShownCode {
  const raw = isRecord(value) ? value : {};
  return { code: textOf(raw.code), expires_at: textOf(raw.expires_at) };
}
