import type { Reply, ServerMessage, Session } from '../../src/contract/types';

/** A bot message with what a test cares about. */
export function botMessage(seq: number, text: string, rest: Partial<ServerMessage> = {}): ServerMessage {
  return {
    seq,
    from: 'bot',
    at: '2026-11-21T20:00:00+08:00',
    id: null,
    in_reply_to: null,
    text,
    buttons: [],
    card: null,
    ...rest,
  };
}

export function userMessage(seq: number, id: string, text: string): ServerMessage {
  return botMessage(seq, text, { from: 'user', id });
}

export function replyOf(...messages: ServerMessage[]): Reply {
  return { messages, handoff: null };
}

export function session(rest: Partial<Session> = {}): Session {
  return {
    token: 'token-1',
    expires_at: '2026-11-21T22:00:00Z',
    issued_at: null,
    borrower: null,
    ai_label: '',
    demo: true,
    ...rest,
  };
}
