import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { backoff, jittered } from '../src/transport/backoff';
import { EventStream, type EventStreamOptions } from '../src/transport/eventStream';
import { ConnectionLost, Refused, send } from '../src/transport/http';
import { newId } from '../src/transport/newId';
import { SseParser } from '../src/transport/sse';

describe('server-sent events', () => {
  it('are read from pieces of any size', () => {
    const parser = new SseParser();
    const text = ': ping\r\n\r\nid: 7\nevent: message\ndata: {"a":\ndata: 1}\n\n';
    const events = Array.from(text).flatMap((character) => parser.push(character));
    expect(events).toEqual([{ id: '7', event: 'message', data: '{"a":\n1}' }]);
  });

  it('without a name are messages, and without data are nothing', () => {
    const parser = new SseParser();
    expect(parser.push('data:x\n\nevent: handoff\n\n')).toEqual([
      { id: null, event: 'message', data: 'x' },
    ]);
  });
});

describe('a request', () => {
  const options = (answer: () => Promise<Response>) => ({ base: '/w', timeout: 50, fetch: vi.fn(answer) });

  it('carries the token in a header, never in the address', async () => {
    const given = options(() => Promise.resolve(new Response('{}')));
    await send(given, { method: 'GET', path: '/session', token: 'secret' });
    const [url, init] = given.fetch.mock.calls[0] as unknown as [string, RequestInit];
    expect(url).toBe('/w/session');
    expect(init.headers).toMatchObject({ Authorization: 'Bearer secret' });
    expect(init.credentials).toBe('omit');
  });

  it('that is refused says how, and for how long', async () => {
    const body = JSON.stringify({ error: { code: 'locked', message: '请稍后再试' } });
    const given = options(() =>
      Promise.resolve(new Response(body, { status: 429, headers: { 'Retry-After': '30' } })),
    );
    await expect(send(given, { method: 'GET', path: '/x' })).rejects.toMatchObject({
      status: 429,
      code: 'locked',
      sentence: '请稍后再试',
      retryAfter: 30,
    });
  });

  it("survives a proxy's error page", async () => {
    const given = options(() => Promise.resolve(new Response('<html>Bad gateway', { status: 502 })));
    const failure = send(given, { method: 'GET', path: '/x' });
    await expect(failure).rejects.toBeInstanceOf(Refused);
    await expect(failure).rejects.toMatchObject({ status: 502, sentence: '' });
  });

  it('without an answer counts as lost', async () => {
    const given = {
      base: '/w',
      timeout: 5,
      fetch: ((_: string, init: RequestInit) =>
        new Promise((_resolve, reject) => {
          init.signal?.addEventListener('abort', () => {
            reject(new DOMException('aborted', 'AbortError'));
          });
        })) as unknown as typeof fetch,
    };
    await expect(send(given, { method: 'GET', path: '/x' })).rejects.toBeInstanceOf(ConnectionLost);
  });
});

describe('the event stream', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  const bodyOf = (text: string): Response => new Response(text, { status: 200 });

  function open(answers: (() => Response)[], change: Partial<EventStreamOptions> = {}) {
    const seen: number[] = [];
    const fetcher = vi.fn<typeof fetch>(() => {
      const answer = answers.shift();
      return answer ? Promise.resolve(answer()) : new Promise<Response>(() => undefined);
    });
    const stream = new EventStream({
      base: '/w',
      fetch: fetcher,
      token: () => 'token',
      after: () => Math.max(0, ...seen),
      onMessage: (message) => seen.push(message.seq),
      onHandoff: vi.fn(),
      onSessionEnded: vi.fn(),
      ...change,
    });
    return { stream, fetcher, seen };
  }

  it('resumes after the last message when the line drops', async () => {
    const event = (seq: number): string => `id: ${String(seq)}\nevent: message\ndata: {"seq":${String(seq)},"text":"x"}\n\n`;
    const { stream, fetcher, seen } = open([() => bodyOf(event(4)), () => bodyOf(event(5))]);
    stream.start();
    await vi.advanceTimersByTimeAsync(1_500);
    expect(seen).toEqual([4, 5]);
    const [url, init] = fetcher.mock.calls[1] ?? [];
    expect(url).toBe('/w/events?after=4');
    expect(init?.headers).toMatchObject({ 'Last-Event-ID': '4' });
    stream.stop();
  });

  it('stops when the session is over, and says so once', async () => {
    const onSessionEnded = vi.fn();
    const { stream, fetcher } = open([() => new Response('{}', { status: 401 })], { onSessionEnded });
    stream.start();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(onSessionEnded).toHaveBeenCalledTimes(1);
    expect(fetcher).toHaveBeenCalledTimes(1);
  });

  it('tells the handoff and survives data that is no JSON', async () => {
    const onHandoff = vi.fn();
    const text = 'event: handoff\ndata: {"state":"active"}\n\nevent: message\ndata: oops\n\n';
    const { stream, seen } = open([() => bodyOf(text)], { onHandoff });
    stream.start();
    await vi.advanceTimersByTimeAsync(0);
    expect(onHandoff).toHaveBeenCalledWith({ state: 'active', position: null });
    expect(seen).toEqual([]);
    stream.stop();
  });
});

it('waits longer after each failure, up to half a minute', () => {
  expect([0, 1, 2, 3, 4, 5, 9].map(backoff)).toEqual([
    1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000,
  ]);
  expect(jittered(2, () => 0)).toBe(4_000);
  expect(jittered(2, () => 1)).toBe(3_000);
});

it('makes ids in the form of a random UUID', () => {
  expect(newId()).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  expect(newId()).not.toBe(newId());
});
