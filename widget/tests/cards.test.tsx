// @vitest-environment jsdom
import { act, fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { CardView } from '../src/cards/CardView';
import type { Card, HandoffCard, PlanOptionsCard, QuoteCard } from '../src/contract/types';
import { renderChat } from './support/render';

const QUOTE: QuoteCard = {
  type: 'quote',
  title: '应还明细',
  as_of: '2026-11-21',
  total: '502187.50',
  items: [
    {
      label: '借呗本金',
      amount: '500000.00',
      account: '借呗',
      component: 'principal',
      formula: '全部未还本金',
      note: '',
      clause: '第 8 条',
    },
    {
      label: '借呗罚息',
      amount: '2187.50',
      account: '借呗',
      component: 'penalty',
      formula: '500,000.00 × 0.0175% × 25 天',
      note: '不计复利',
      clause: '第 9 条',
    },
  ],
  disclaimer: '以合同及系统账单为准',
};

const OPTION = {
  offer_id: 'o1',
  title: '12 期均衡',
  instalments: 2,
  first_due: '2026-12-10',
  first_amount: '510.00',
  monthly_amount: '510.00',
  total: '1015.00',
  total_cost: '15.00',
  annual_rate: '12.00',
  waived: '0.00',
  highlights: ['总成本最低'],
  balance: [
    { date: '2026-11-21', balance: '1000.00' },
    { date: '2026-12-10', balance: '500.00' },
    { date: '2027-01-10', balance: '0.00' },
  ],
  schedule: [
    { number: 1, due: '2026-12-10', principal: '500.00', interest: '10.00', fee: '0.00', amount: '510.00', balance: '500.00' },
    { number: 2, due: '2027-01-10', principal: '500.00', interest: '5.00', fee: '0.00', amount: '505.00', balance: '0.00' },
  ],
  disclosure: [{ item: '综合年化', value: '12.00%' }],
  choose: 'b-1',
};

function plan(expiresAt: string): PlanOptionsCard {
  return {
    type: 'plan_options',
    title: '可选方案',
    as_of: '2026-11-21',
    expires_at: expiresAt,
    options: [OPTION, { ...OPTION, offer_id: 'o2', title: '24 期轻还', choose: 'b-2' }],
    do_nothing: [{ days: 30, total: '1020.00' }],
  };
}

const show = (card: Card) => renderChat(<CardView card={card} seq={1} fallback="文字版" />);

describe('the quote', () => {
  it('shows the sum and opens a line to say how it was reckoned', async () => {
    await show(QUOTE);
    expect(screen.getByText('502,187.50')).toBeTruthy();
    const line = screen.getByRole('button', { name: /借呗罚息/ });
    expect(line.getAttribute('aria-expanded')).toBe('false');
    fireEvent.click(line);
    expect(line.getAttribute('aria-expanded')).toBe('true');
    expect(screen.getByText('500,000.00 × 0.0175% × 25 天')).toBeTruthy();
    expect(screen.queryByText('全部未还本金')).toBeNull();
  });

  it('opens and closes every line at once', async () => {
    await show(QUOTE);
    fireEvent.click(screen.getByRole('button', { name: '展开全部明细' }));
    expect(screen.getAllByText('怎么算的')).toHaveLength(2);
    fireEvent.click(screen.getByRole('button', { name: '收起全部明细' }));
    expect(screen.queryByText('怎么算的')).toBeNull();
  });
});

describe('the plan options', () => {
  it('compare every offer and say in words what the chart draws', async () => {
    await show(plan('2099-01-01T00:00:00+08:00'));
    const table = await screen.findByRole('table', { name: '方案对比' });
    expect(within(table).getAllByRole('columnheader').map((cell) => cell.textContent)).toEqual([
      '12 期均衡',
      '24 期轻还',
    ]);
    expect(within(table).getByRole('row', { name: /一共还/ }).textContent).toContain('1,015.00');
    const chart = screen.getByRole('img', { name: /剩余未还金额/ });
    expect(chart.textContent).toContain('从 1,000.00 元降到 0.00 元，2027年1月10日 还清');
    expect(screen.getByText(/30 天后约 1,020.00 元/)).toBeTruthy();
  });

  it('send the value of the offer that was chosen', async () => {
    const { server } = await show(plan('2099-01-01T00:00:00+08:00'));
    fireEvent.click(await screen.findByRole('button', { name: '选「24 期轻还」' }));
    await vi.waitFor(() => {
      expect(server.received).toEqual([{ id: 'id-1', button: 'b-2' }]);
    });
  });

  it("show the deadline as it was set, and leave it to the server, not to the device's clock", async () => {
    await show(plan('2020-01-01T23:59:59+08:00'));
    const button = await screen.findByRole('button', { name: '选「12 期均衡」' });
    expect(button.hasAttribute('disabled')).toBe(false);
    expect(screen.getByText(/方案保留到 2020年1月1日 23:59/)).toBeTruthy();
  });

  it('print the offer that was asked for', async () => {
    const { chat } = await show(plan('2099-01-01T00:00:00+08:00'));
    fireEvent.click(await screen.findByRole('button', { name: '打印或存成 PDF：24 期轻还' }));
    expect(chat.print).toHaveBeenCalledWith(
      expect.objectContaining({ kind: 'plan', option: expect.objectContaining({ offer_id: 'o2' }) as unknown }),
    );
  });
});

describe('other cards', () => {
  it('make help one touch away', async () => {
    await show({ type: 'help_lines', rows: [{ name: '心理援助', number: '400-161-9995', hours: '24 小时' }] });
    expect(screen.getByRole('link', { name: '拨打 心理援助 400-161-9995' }).getAttribute('href')).toBe(
      'tel:4001619995',
    );
  });

  it('show the penalty inside an instalment, so that its parts add up', async () => {
    // 500.00 + 10.00 + 0.00 + 1.50 = 511.50
    const rows = OPTION.schedule.map((row, index) =>
      index ? { ...row, penalty: '0.00' } : { ...row, penalty: '1.50', amount: '511.50' },
    );
    await show({ type: 'schedule', title: '我的方案', rows, total: '1016.50' });
    const table = await screen.findByRole('table', { name: '每期还款表' });
    expect(within(table).getByRole('columnheader', { name: '罚息' })).toBeTruthy();
    expect(within(table).getAllByRole('row')[1]?.textContent).toContain('1.50');
  });

  it('name the state of each instalment', async () => {
    const rows = OPTION.schedule.map((row, index) => ({ ...row, state: index ? 'upcoming' : 'overdue' }));
    await show({ type: 'schedule', title: '我的方案', rows, total: '1015.00' });
    expect(await screen.findByText('已逾期')).toBeTruthy();
    expect(screen.getByText('未到期')).toBeTruthy();
  });

  it('say how sure a source is', async () => {
    await show({
      type: 'sources',
      rows: [{ statement: '保存五年', source: '条例第十六条', confidence: 'A', valid_from: '2013-03-15', review_on: null }],
    });
    expect(screen.getByText('法规原文')).toBeTruthy();
    expect(screen.getByText('2013年3月15日 起施行')).toBeTruthy();
  });

  it('offer the ways to sign in, and no longer once that is done', async () => {
    const { controller } = await show({ type: 'sign_in', title: '请先登录', text: '' });
    expect(await screen.findByRole('button', { name: /张先生/ })).toBeTruthy();
    await act(() => controller.signInAsDemo('zhang'));
    expect(screen.getByText('已登录：张先生')).toBeTruthy();
    expect(screen.queryByLabelText('手机号')).toBeNull();
  });
});

describe('the timeline', () => {
  it('tells what happened in order, each with its day', async () => {
    await show({
      type: 'timeline',
      title: '账户经过',
      rows: [
        { date: '2026-09-28', label: '借呗第 9 期到期', detail: '应还 14,625.00 元，未还', kind: 'due' },
        { date: '2026-10-28', label: '宣布全部提前到期', detail: '', kind: 'acceleration' },
      ],
    });
    const region = screen.getByRole('group', { name: '账户经过' });
    const [first, second] = within(region).getAllByRole('listitem');
    expect(first?.textContent).toBe('2026年9月28日借呗第 9 期到期应还 14,625.00 元，未还');
    expect(first?.querySelector('time')?.dateTime).toBe('2026-09-28');
    expect(second?.textContent).toBe('2026年10月28日宣布全部提前到期');
  });
});

describe('the disclosure', () => {
  it('is a table that names each cost, in the order in which the server put them', async () => {
    await show({
      type: 'disclosure',
      title: '综合融资成本明示表',
      rows: [
        { item: '利息', value: '年化 6.00%' },
        { item: '担保费', value: '不收取' },
        { item: '综合年化成本', value: '6.00%' },
      ],
    });
    const table = screen.getByRole('table', { name: '综合融资成本明示表' });
    const names = within(table).getAllByRole('rowheader').map((cell) => cell.textContent);
    expect(names).toEqual(['利息', '担保费', '综合年化成本']);
    expect(within(table).getByRole('row', { name: '担保费 不收取' })).toBeTruthy();
  });

  it('keeps every row when two costs have one name', async () => {
    const warned = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    await show({
      type: 'disclosure',
      title: '明示表',
      rows: [
        { item: '服务费', value: '10.00 元' },
        { item: '服务费', value: '20.00 元' },
      ],
    });
    expect(screen.getAllByRole('row')).toHaveLength(2);
    expect(warned).not.toHaveBeenCalled();
  });
});

describe('the handoff', () => {
  const HANDOFF: HandoffCard = {
    type: 'handoff',
    state: 'waiting',
    position: 2,
    case_number: 'YQ-7',
    expected: '预计 5 分钟',
  };

  it('says the place in the queue, the case number and the wait', async () => {
    await show(HANDOFF);
    expect(screen.getByText('正在排队，您排在第 2 位')).toBeTruthy();
    expect(screen.getByText('编号 YQ-7 · 预计 5 分钟')).toBeTruthy();
    expect(screen.getByText(/您可以先离开/)).toBeTruthy();
  });

  it('follows the queue as it moves', async () => {
    const { stream } = await show(HANDOFF);
    act(() => {
      stream.handlers.onHandoff({ state: 'waiting', position: 1 });
    });
    expect(screen.getByText('正在排队，您排在第 1 位')).toBeTruthy();
  });

  it('promises no place and no wait that nobody knows, and leaves no empty line', async () => {
    const { container } = await show({ ...HANDOFF, position: null, case_number: '', expected: '' });
    expect(screen.getByText('正在排队，客服空下来会马上回复您')).toBeTruthy();
    expect([...container.querySelectorAll('p')].map((line) => line.textContent)).not.toContain('');
  });

  it('that is over asks nobody to wait', async () => {
    await show({ ...HANDOFF, state: 'closed', position: null, expected: '' });
    expect(screen.getByText('人工服务已结束，我会继续陪您处理')).toBeTruthy();
    expect(screen.queryByText(/您可以先离开/)).toBeNull();
  });
});

it('gives way to the words when a card cannot be drawn', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  await show({ ...QUOTE, items: [null] } as unknown as QuoteCard);
  expect(screen.getByText(/文字版/)).toBeTruthy();
});
