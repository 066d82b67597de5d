import { describe, expect, it } from 'vitest';
import { roundStep, scaleFor, staircase } from '../src/cards/chartGeometry';

const FRAME = { left: 0, right: 100, top: 0, bottom: 100 };

describe('the balance chart', () => {
  it('draws a staircase: the balance stays until a payment takes a step off it', () => {
    // 400 on day 0, 200 from day 5, nothing from day 10; lines every 100 up to 400.
    const points = [
      { date: '2026-12-01', balance: '400.00' },
      { date: '2026-12-06', balance: '200.00' },
      { date: '2026-12-11', balance: '0.00' },
    ];
    expect(staircase(points, scaleFor([points], FRAME))).toBe('M0.0 0.0H50.0V50.0H100.0V100.0');
  });

  it('has round lines that reach the highest balance', () => {
    expect(roundStep(706_074.57, 4)).toBe(200_000);
    expect(roundStep(9_000, 4)).toBe(2_500);
    expect(roundStep(0, 4)).toBeGreaterThan(0);
  });

  it('does not break on a single day or an empty amount', () => {
    const points = [{ date: '2026-12-01', balance: '' }];
    expect(staircase(points, scaleFor([points], FRAME))).not.toContain('NaN');
  });
});
