import type { IsoDate } from '../contract/types';
import { text } from '../text/text';

const DATE = /^(\d{4})-(\d{2})-(\d{2})/;

/** `2026-11-21` → `2026年11月21日`; anything else as it came. */
export function longDate(date: IsoDate): string {
  const parts = DATE.exec(date);
  if (!parts) return date;
  return `${String(parts[1])}年${String(Number(parts[2]))}月${String(Number(parts[3]))}日`;
}

/** Words with every `2026-11-21` in them spelled as people write it; of this year without the year. */
export function spelledDates(words: string, asOf: IsoDate): string {
  const year = `${asOf.slice(0, 4)}年`;
  return words.replace(/\d{4}-\d{2}-\d{2} ?/g, (date) => {
    const spelled = longDate(date.trim());
    return spelled.startsWith(year) ? spelled.slice(year.length) : spelled;
  });
}

/** `2026-11-21` → `26/11/21`, for narrow table columns. */
export function shortDate(date: IsoDate): string {
  const parts = DATE.exec(date);
  return parts ? `${String(parts[1]).slice(2)}/${String(parts[2])}/${String(parts[3])}` : date;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

function clock(moment: Date): string {
  return `${twoDigits(moment.getHours())}:${twoDigits(moment.getMinutes())}`;
}

function dayStart(moment: Date): number {
  return new Date(moment.getFullYear(), moment.getMonth(), moment.getDate()).getTime();
}

const DAY_MS = 86_400_000;

/** When something was said, in the reader's own time zone: `今天 20:05`, `11月19日 08:30`. */
export function spokenTime(at: string, now: Date): string {
  const moment = new Date(at);
  if (Number.isNaN(moment.getTime())) return '';
  const days = Math.round((dayStart(now) - dayStart(moment)) / DAY_MS);
  if (days === 0) return `${text.log.today} ${clock(moment)}`;
  if (days === 1) return `${text.log.yesterday} ${clock(moment)}`;
  const day = `${String(moment.getMonth() + 1)}月${String(moment.getDate())}日`;
  const year = moment.getFullYear() === now.getFullYear() ? '' : `${String(moment.getFullYear())}年`;
  return `${year}${day} ${clock(moment)}`;
}

const CLOCK = /T(\d{2}:\d{2})/;

/** A moment as the server wrote it, in its own time zone: a deadline is not the device's to convert. */
export function writtenTime(at: string): string {
  const time = CLOCK.exec(at)?.[1];
  return time ? `${longDate(at)} ${time}` : longDate(at);
}

/** The time of day of a moment that is minutes away, as the server wrote it. */
export function writtenClock(at: string): string {
  return CLOCK.exec(at)?.[1] ?? at;
}

/** A full moment, for a sheet of paper. */
export function fullTime(moment: Date): string {
  const day = `${String(moment.getFullYear())}年${String(moment.getMonth() + 1)}月${String(moment.getDate())}日`;
  return `${day} ${clock(moment)}`;
}
