import { describe, expect, it } from 'vitest';
import { longDate, shortDate, spelledDates, spokenTime } from '../src/format/date';
import { groupedAmounts, isZero, money } from '../src/format/money';

describe('money', () => {
  it.each([
    ['0.00', '0.00'],
    ['999.90', '999.90'],
    ['1000.00', '1,000.00'],
    ['706074.57', '706,074.57'],
    ['1234567.89', '1,234,567.89'],
    ['-1191.72', '−1,191.72'],
    // Beyond what a float can hold to the fen: every digit must survive.
    ['90071992547409.93', '90,071,992,547,409.93'],
  ])('shows %s as %s', (sent, shown) => {
    expect(money(sent)).toBe(shown);
  });

  it('shows what is no amount as it came', () => {
    expect(money('面议')).toBe('面议');
  });

  it('knows nothing when it sees it', () => {
    expect(['0.00', '0', '-0.00', '0.01'].map(isZero)).toEqual([true, true, true, false]);
  });
});

describe('dates', () => {
  it('are spelled out and shortened', () => {
    expect(longDate('2026-12-05')).toBe('2026年12月5日');
    expect(shortDate('2026-12-05')).toBe('26/12/05');
    expect(longDate('随时')).toBe('随时');
  });

  it('say today, yesterday, and the day before that by its date', () => {
    const now = new Date(2026, 10, 21, 9, 30);
    const at = (day: number): string => new Date(2026, 10, day, 8, 5).toISOString();
    expect(spokenTime(at(21), now)).toBe('今天 08:05');
    expect(spokenTime(at(20), now)).toBe('昨天 08:05');
    expect(spokenTime(at(19), now)).toBe('11月19日 08:05');
    expect(spokenTime('', now)).toBe('');
  });
});

describe('words that the server made', () => {
  it('have their dates spelled as people write them', () => {
    const note = '2026-11-18 到期，计息 2026-11-18 至 2027-01-05，最后一天不计';
    expect(spelledDates(note, '2026-11-21')).toBe(
      '11月18日到期，计息 11月18日至 2027年1月5日，最后一天不计',
    );
    expect(spelledDates('不计复利', '2026-11-21')).toBe('不计复利');
  });

  it('have the thousands of their amounts set apart, once', () => {
    expect(groupedAmounts('1114.83 元，共 3344.49 元')).toBe('1,114.83 元，共 3,344.49 元');
    expect(groupedAmounts('1,114.83 元，20261122-0007，999.00')).toBe(
      '1,114.83 元，20261122-0007，999.00',
    );
  });
});
