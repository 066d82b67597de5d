import type { PlanOption } from '../contract/types';
import { fill, text } from '../text/text';
import { money } from './money';

/** "3 期", or that it is paid at once. */
export function instalmentsOf({ instalments }: PlanOption): string {
  const words = text.card.plan;
  return instalments === null ? words.atOnce : fill(words.instalments, { count: instalments });
}

/** The amount of each month, where there is one. */
export function monthlyOf({ monthly_amount: amount }: PlanOption): string {
  return amount === null ? text.card.plan.notMonthly : money(amount);
}
