import { describe, expect, it } from 'vitest';
import { parseCard, parseHandoff, parseMessage, parseMessages, parseSession, parseSignIn } from '../src/contract/parse';

describe('reading messages', () => {
  it('keeps the words of a message whose card it does not know', () => {
    const message = parseMessage({ seq: 1, from: 'bot', text: '说明', card: { type: 'hologram' } });
    expect(message).toMatchObject({ text: '说明', card: null });
  });

  it('drops a card without the list that it needs', () => {
    expect(parseCard({ type: 'quote', title: '明细', items: null })).toBeNull();
  });

  it('completes plan options that lack a list', () => {
    const card = parseCard({ type: 'plan_options', options: [{ offer_id: 'a' }] });
    expect(card).toMatchObject({ options: [{ schedule: [], highlights: [] }], do_nothing: [] });
  });

  it('leaves out what has no place in the conversation', () => {
    expect(parseMessages([{ text: '没有序号' }, null, { seq: 2, text: '有' }])).toHaveLength(1);
  });

  it('takes a button without a known style as a plain one', () => {
    const message = parseMessage({ seq: 1, buttons: [{ title: '好', value: 'b', style: 'neon' }] });
    expect(message?.buttons).toEqual([{ title: '好', value: 'b', style: 'default' }]);
  });

  it('takes a finished handoff as none', () => {
    expect(parseHandoff({ state: 'closed' })).toBeNull();
    expect(parseHandoff({ state: 'waiting' })).toEqual({ state: 'waiting', position: null });
  });
});

describe("the server's time of a session", () => {
  // {"sub":"?>","iat":1795251600}; 1795251600 is 2026-11-21 09:00:00 UTC.
  const claims = 'eyJzdWIiOiI_PiIsImlhdCI6MTc5NTI1MTYwMH0';
  const token = `e30.${claims}.c2ln`;

  it('is read from the token of the answer', () => {
    const nine = Date.UTC(2026, 10, 21, 9);
    expect(parseSession({ token }).issued_at).toBe(nine);
    expect(parseSignIn({ token }).issued_at).toBe(nine);
  });

  it('is unknown without a token, and with one of another form', () => {
    expect(parseSession({}, token).issued_at).toBeNull();
    for (const other of ['opaque', 'a.b.c', 'a.e30.c', 'a.bnVsbA.c']) {
      expect(parseSession({ token: other }).issued_at).toBeNull();
    }
  });
});
