import { describe, expect, it } from 'vitest';
import { lastSeq, merge, userEntry, type Entry } from '../src/state/entry';
import { botMessage, userMessage } from './support/messages';

function words(entries: readonly Entry[]): string[] {
  return entries.map((entry) => entry.text);
}

const asked = (id: string, text: string): Entry => userEntry({ id, at: '', text, button: null });

describe('merging messages into the conversation', () => {
  it('puts an answer after its question, before what was asked later', () => {
    const waiting = [asked('a', '问一'), asked('b', '问二')];
    const merged = merge(waiting, [botMessage(2, '答一', { in_reply_to: 'a' })]);
    expect(words(merged)).toEqual(['问一', '答一', '问二']);
  });

  it('keeps several answers to one question in order', () => {
    const merged = merge(
      [asked('a', '问')],
      [botMessage(2, '甲', { in_reply_to: 'a' }), botMessage(3, '乙', { in_reply_to: 'a' })],
    );
    expect(words(merged)).toEqual(['问', '甲', '乙']);
  });

  it('ignores a message that is there already', () => {
    const once = merge([], [botMessage(1, '您好')]);
    expect(merge(once, [botMessage(1, '您好')])).toBe(once);
  });

  it('sees in the history that a waiting message did arrive', () => {
    const merged = merge([asked('a', '问')], [userMessage(1, 'a', '问')]);
    expect(merged).toHaveLength(1);
    expect(merged[0]).toMatchObject({ delivery: 'sent', seq: 1 });
  });

  it('puts a late message of another window where its number belongs', () => {
    const merged = merge([], [botMessage(1, '一'), botMessage(3, '三'), botMessage(2, '二')]);
    expect(words(merged)).toEqual(['一', '二', '三']);
    expect(lastSeq(merged)).toBe(3);
  });
});
