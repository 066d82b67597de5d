import { useState, type ReactElement } from 'react';
import type { IsoDate, QuoteCard, QuoteItem } from '../contract/types';
import { longDate, spelledDates } from '../format/date';
import { forDrawing, money } from '../format/money';
import { fill, text } from '../text/text';
import { Amount } from './Amount';
import { CardFrame } from './CardFrame';

const COMPONENTS = ['principal', 'interest', 'penalty', 'fee'] as const;
type Component = (typeof COMPONENTS)[number] | 'other';

function componentOf(item: QuoteItem): Component {
  return COMPONENTS.find((component) => component === item.component) ?? 'other';
}

/** Items of one account stay together, in the order in which the engine sent them. */
function byAccount(items: readonly QuoteItem[]): [string, QuoteItem[]][] {
  const groups = new Map<string, QuoteItem[]>();
  items.forEach((item) => {
    groups.set(item.account, [...(groups.get(item.account) ?? []), item]);
  });
  return [...groups];
}

/** What is owed, line by line; each line opens to show how it was reckoned and on what ground. */
export function QuoteView({ card }: { card: QuoteCard }): ReactElement {
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  const allOpen = open.size === card.items.length && open.size > 0;
  const toggle = (index: number): void => {
    const next = new Set(open);
    if (!next.delete(index)) next.add(index);
    setOpen(next);
  };
  return (
    <CardFrame title={card.title} subtitle={fill(text.card.asOf, { date: longDate(card.as_of) })}>
      <div className="quote-total">
        <span>{text.card.quote.total}</span>
        <strong>
          <Amount value={card.total} />
        </strong>
      </div>
      <Shares items={card.items} />
      {byAccount(card.items).map(([account, items]) => (
        <div key={account} className="quote-account">
          <h4>{account}</h4>
          <ul>
            {items.map((item) => {
              const index = card.items.indexOf(item);
              return (
                <Line
                  key={index}
                  item={item}
                  isNamesake={items.some((each) => each !== item && each.label === item.label)}
                  asOf={card.as_of}
                  isOpen={open.has(index)}
                  onToggle={() => {
                    toggle(index);
                  }}
                />
              );
            })}
          </ul>
        </div>
      ))}
      <div className="card-foot">
        <button
          type="button"
          className="link"
          aria-expanded={allOpen}
          onClick={() => {
            setOpen(allOpen ? new Set() : new Set(card.items.keys()));
          }}
        >
          {allOpen ? text.card.quote.collapseAll : text.card.quote.expandAll}
        </button>
        <p className="disclaimer">{card.disclaimer}</p>
      </div>
    </CardFrame>
  );
}

interface LineProps {
  item: QuoteItem;
  /** Another line of the account has the same label: the note tells them apart. */
  isNamesake: boolean;
  /** The day of the quote: dates of its year go without the year. */
  asOf: IsoDate;
  isOpen: boolean;
  onToggle: () => void;
}

function Line({ item, isNamesake, asOf, isOpen, onToggle }: LineProps): ReactElement {
  return (
    <li className="quote-line">
      <button type="button" aria-expanded={isOpen} onClick={onToggle}>
        <span className={`dot dot--${componentOf(item)}`} aria-hidden="true" />
        <span className="quote-label">
          {item.label}
          {isNamesake && item.note && !isOpen && (
            // Its first words tell the lines apart; the rest is one tap away.
            <small>{spelledDates(item.note, asOf).split('，')[0]}</small>
          )}
        </span>
        <span className="quote-amount">{money(item.amount)}</span>
        <span className="chevron" aria-hidden="true" />
      </button>
      {isOpen && (
        <dl className="quote-detail">
          <Detail term={text.card.quote.formula} words={item.formula} />
          <Detail term={text.card.quote.note} words={spelledDates(item.note, asOf)} />
          <Detail term={clauseTerm(item.clause)} words={item.clause} />
        </dl>
      )}
    </li>
  );
}

/** A clause named in words is a ground; a bare key is only good for looking it up. */
function clauseTerm(clause: string): string {
  return /[\u4e00-\u9fff]/.test(clause) ? text.card.quote.clause : text.card.quote.clauseKey;
}

function Detail({ term, words }: { term: string; words: string }): ReactElement | null {
  if (!words) return null;
  return (
    <div>
      <dt>{term}</dt>
      <dd>{words}</dd>
    </div>
  );
}

const BAR_WIDTH = 300;
const BAR_HEIGHT = 8;

interface Share {
  component: Component;
  weight: number;
  start: number;
}

/** Weights for drawing; waivers (negative amounts) take no room. */
function shares(items: readonly QuoteItem[]): Share[] {
  let start = 0;
  return [...COMPONENTS, 'other' as const].flatMap((component) => {
    const weight = items
      .filter((item) => componentOf(item) === component)
      .reduce((sum, item) => sum + Math.max(forDrawing(item.amount), 0), 0);
    const share = { component, weight, start };
    start += weight;
    return weight > 0 ? [share] : [];
  });
}

/** A thin bar of what the sum is made of; the lines below say the same in figures. */
function Shares({ items }: { items: readonly QuoteItem[] }): ReactElement | null {
  const parts = shares(items);
  const whole = parts.reduce((sum, part) => sum + part.weight, 0);
  if (parts.length < 2) return null;
  const scale = BAR_WIDTH / whole;
  return (
    <div className="shares">
      <svg viewBox={`0 0 ${String(BAR_WIDTH)} ${String(BAR_HEIGHT)}`} preserveAspectRatio="none" aria-hidden="true">
        {parts.map((part) => (
          <rect
            key={part.component}
            className={`share share--${part.component}`}
            x={part.start * scale}
            width={Math.max(part.weight * scale, 2)}
            height={BAR_HEIGHT}
          />
        ))}
      </svg>
      <ul aria-label={text.card.quote.shares}>
        {parts.map((part) => (
          <li key={part.component}>
            <span className={`dot dot--${part.component}`} aria-hidden="true" />
            {text.card.quote.components[part.component]}
          </li>
        ))}
      </ul>
    </div>
  );
}
