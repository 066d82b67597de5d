import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { memoryStore } from '../src/state/store';
import { ConnectionLost, Refused } from '../src/transport/http';
import { conversation, FakeServer, shown } from './support/fakeApi';

const MINUTE = 60_000;

function deliveries(controller: ReturnType<typeof conversation>['controller']): string[] {
  return controller
    .snapshot()
    .entries.flatMap((entry) => (entry.kind === 'user' ? [entry.delivery] : []));
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe('a message whose answer is lost', () => {
  it('is repeated with the same id and answered once', async () => {
    const { controller, server } = conversation();
    await controller.start();
    server.faults.push({ lostAnswer: new ConnectionLost() });
    controller.say('我欠多少');
    await vi.advanceTimersByTimeAsync(0);
    expect(deliveries(controller)).toEqual(['waiting']);

    await vi.advanceTimersByTimeAsync(MINUTE);
    expect(server.received.map((each) => each.id)).toEqual(['id-1', 'id-1']);
    expect(server.answered.size).toBe(1);
    expect(shown(controller)).toEqual(['user: 我欠多少', 'bot: 答：我欠多少']);
    expect(deliveries(controller)).toEqual(['sent']);
  });

  it('counts as sent when its answer comes by the history instead', async () => {
    const { controller, server } = conversation();
    await controller.start();
    server.faults.push({ lostAnswer: new ConnectionLost() }, new ConnectionLost());
    controller.say('我欠多少');
    await vi.advanceTimersByTimeAsync(0);

    controller.reconnect();
    await vi.advanceTimersByTimeAsync(0);
    expect(shown(controller)).toEqual(['user: 我欠多少', 'bot: 答：我欠多少']);
    await vi.advanceTimersByTimeAsync(MINUTE);
    expect(shown(controller)).toHaveLength(2);
    expect(deliveries(controller)).toEqual(['sent']);
  });

  it('goes out again after a reload, still with its id', async () => {
    const server = new FakeServer();
    const store = memoryStore();
    const before = conversation(server, store);
    await before.controller.start();
    server.faults.push(new ConnectionLost());
    before.controller.say('能分期吗');
    await vi.advanceTimersByTimeAsync(0);
    before.controller.dispose();

    const after = conversation(server, store);
    await after.controller.start();
    await vi.advanceTimersByTimeAsync(0);
    expect(server.received.map((each) => each.id)).toEqual(['id-1', 'id-1']);
    expect(shown(after.controller)).toEqual(['user: 能分期吗', 'bot: 答：能分期吗']);
  });
});

describe('a busy or broken server', () => {
  it('is asked again at the time it named', async () => {
    const { controller, server } = conversation();
    await controller.start();
    server.faults.push(new Refused(429, 'too_many_messages', '请稍等', 7));
    controller.say('在吗');
    await vi.advanceTimersByTimeAsync(6_900);
    expect(server.received).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(200);
    expect(deliveries(controller)).toEqual(['sent']);
  });

  it('is left alone after three repeats, and the borrower decides', async () => {
    const { controller, server } = conversation();
    await controller.start();
    const broken = new Refused(500, 'internal', '');
    server.faults.push(broken, broken, broken, broken);
    controller.say('在吗');
    await vi.advanceTimersByTimeAsync(5 * MINUTE);
    expect(server.received).toHaveLength(4);
    expect(deliveries(controller)).toEqual(['failed']);

    controller.retry('id-1');
    await vi.advanceTimersByTimeAsync(0);
    expect(shown(controller)).toEqual(['user: 在吗', 'bot: 答：在吗']);
  });

  it('shows its own sentence for what it will not take, and lets it be dropped', async () => {
    const { controller, server } = conversation();
    await controller.start();
    server.faults.push(new Refused(422, 'button_unknown', '这个选项已经失效。'));
    controller.press('选方案', 'b-1');
    await vi.advanceTimersByTimeAsync(0);
    const [entry] = controller.snapshot().entries;
    expect(entry).toMatchObject({ delivery: 'failed', reason: '这个选项已经失效。' });

    controller.drop('id-1');
    expect(shown(controller)).toEqual([]);
  });
});

it('sends what was said in order, one at a time', async () => {
  const { controller, server } = conversation();
  await controller.start();
  server.faults.push(new ConnectionLost());
  controller.say('一');
  controller.say('二');
  await vi.advanceTimersByTimeAsync(0);
  expect(server.received.map((each) => each.id)).toEqual(['id-1']);
  await vi.advanceTimersByTimeAsync(MINUTE);
  expect(server.received.map((each) => each.id)).toEqual(['id-1', 'id-1', 'id-2']);
  expect(shown(controller)).toEqual(['user: 一', 'bot: 答：一', 'user: 二', 'bot: 答：二']);
});
