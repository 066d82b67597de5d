import { useEffect, type ReactElement } from 'react';
import { createPortal } from 'react-dom';
import { DisclosureTable } from '../cards/DisclosureTable';
import { ScheduleTable } from '../cards/ScheduleTable';
import type { PlanOption, PlanOptionsCard } from '../contract/types';
import { fullTime, longDate, spokenTime } from '../format/date';
import { money } from '../format/money';
import { instalmentsOf, monthlyOf } from '../format/plan';
import type { Entry } from '../state/entry';
import { fill, text } from '../text/text';
import { useChatState, type Printable } from '../ui/context';
import './print.css';

interface PrintSheetProps {
  printable: Printable;
  onDone: () => void;
}

/** A sheet of paper: only it is printed, through the browser's own dialog, which also saves PDF. */
export default function PrintSheet({ printable, onDone }: PrintSheetProps): ReactElement | null {
  const { entries, borrower } = useChatState();
  const target = document.getElementById('print-root');

  useEffect(() => {
    const done = (): void => {
      delete document.documentElement.dataset.printing;
      onDone();
    };
    document.documentElement.dataset.printing = 'sheet';
    window.addEventListener('afterprint', done, { once: true });
    window.print();
    return () => {
      window.removeEventListener('afterprint', done);
      delete document.documentElement.dataset.printing;
    };
  }, [printable, onDone]);

  if (!target) return null;
  return createPortal(
    <main className="sheet">
      <header>
        <h1>
          {printable.kind === 'plan' ? text.print.planTitle : text.print.conversationTitle}
        </h1>
        <p>
          {[
            borrower?.display_name,
            fill(text.print.printedAt, { time: fullTime(new Date()) }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </header>
      {printable.kind === 'plan' ? (
        <PlanSheet option={printable.option} card={printable.card} />
      ) : (
        <Conversation entries={entries} />
      )}
      <footer>{text.print.note}</footer>
    </main>,
    target,
  );
}

function PlanSheet({ option, card }: { option: PlanOption; card: PlanOptionsCard }): ReactElement {
  const rows = text.card.plan.rows;
  const facts: [string, string][] = [
    [rows.instalments, instalmentsOf(option)],
    [rows.first_due, longDate(option.first_due)],
    [rows.first_amount, money(option.first_amount)],
    [rows.monthly_amount, monthlyOf(option)],
    [rows.total, money(option.total)],
    [rows.total_cost, money(option.total_cost)],
    [rows.annual_rate, `${option.annual_rate}%`],
    [rows.waived, money(option.waived)],
  ];
  return (
    <>
      <h2>{option.title}</h2>
      <p>{fill(text.card.asOf, { date: longDate(card.as_of) })}</p>
      <DisclosureTable
        caption={option.title}
        rows={facts.map(([item, value]) => ({ item, value }))}
      />
      <h2>{text.card.plan.schedule}</h2>
      <ScheduleTable
        caption={text.card.plan.schedule}
        rows={option.schedule}
        total={option.total}
      />
      <h2>{text.card.plan.disclosure}</h2>
      <DisclosureTable caption={text.card.plan.disclosure} rows={option.disclosure} />
    </>
  );
}

const SPEAKERS: Readonly<Record<Entry['kind'], string>> = {
  user: text.log.you,
  bot: text.log.bot,
  person: text.log.person,
};

/** The whole conversation in words: `text` says everything that a card shows. */
function Conversation({ entries }: { entries: readonly Entry[] }): ReactElement {
  const now = new Date();
  return (
    <ol className="transcript">
      {entries.map((entry) => (
        <li key={entry.key}>
          <p className="transcript-who">
            {SPEAKERS[entry.kind]} <time dateTime={entry.at}>{spokenTime(entry.at, now)}</time>
          </p>
          <p className="transcript-words">{entry.text}</p>
        </li>
      ))}
    </ol>
  );
}
