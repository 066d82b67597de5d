import { describe, expect, it } from 'vitest';
import { longDate, shortDate, spokenTime } from '../src/format/date';
import { isZero, money } from '../src/format/money';

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
