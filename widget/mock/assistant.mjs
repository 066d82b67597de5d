// @ts-check
import * as cards from './cards.mjs';

// A few canned turns, enough to walk every card and state of the page. It understands nothing.

/** @typedef {{text: string, card?: object|null, buttons?: object[]}} Said */

/**
 * @param {import('./session.mjs').Session} session
 * @param {string} title
 * @param {string} meaning
 * @param {string} [style]
 */
const button = (session, title, meaning, style = 'default') => ({
  title,
  value: session.issue(meaning, title),
  style,
});

/**
 * @param {import('./session.mjs').Session} session
 * @param {string} text
 * @returns {Said[]}
 */
export function answer(session, text) {
  if (text.trim() === '') return [{ text: '我没有收到文字，请再说一次。' }];
  if ([...text].length > 1000) return [{ text: '这段话太长了，请分成几次发给我。' }];
  if (session.form) return form(session, text);
  for (const [words, say] of TOPICS) {
    if (words.some((word) => text.includes(word))) return say(session, text);
  }
  return [
    {
      text: '我没有完全听懂。您可以换个说法，或者从下面选一个。',
      buttons: [
        button(session, '我现在一共要还多少', 'say:一共要还多少', 'primary'),
        button(session, '能不能分期', 'say:分期'),
        button(session, '转人工', 'say:转人工', 'quiet'),
      ],
    },
  ];
}

/** @param {(session: import('./session.mjs').Session) => Said[]} say */
function ownAccount(say) {
  return (/** @type {import('./session.mjs').Session} */ session, /** @type {string} */ text) => {
    if (session.borrower) return say(session);
    session.asked = text;
    return [cards.signIn()];
  };
}

/** @param {import('./session.mjs').Session} session @returns {Said[]} */
function quoted(session) {
  return [
    {
      ...cards.quote(),
      buttons: [
        button(session, '能不能分期', 'say:分期', 'primary'),
        button(session, '账户经过', 'say:账户经过'),
      ],
    },
  ];
}

/** @type {[string[], (session: import('./session.mjs').Session, text: string) => Said[]][]} */
const TOPICS = [
  [['方案还剩', '我的方案'], ownAccount((session) => session.plan ? [cards.planSchedule()] : [{ text: '您现在没有登记的方案。' }])],
  [['要还多少', '还欠多少', '明细'], ownAccount(quoted)],
  [['经过'], ownAccount(() => [cards.timeline()])],
  [
    ['分期', '协商'],
    ownAccount((session) => {
      session.form = 'monthly';
      return [{ text: '可以谈。您每个月大概能还多少钱？填一个您做得到的数就好。', buttons: [button(session, '先不谈了', 'say:停', 'quiet')] }];
    }),
  ],
  [['明示', '综合成本'], () => [cards.disclosure()]],
  [['一两天', '影响'], () => [cards.sources()]],
  [['全额回收'], () => [{ text: '全额回收，是指贷款机构按合同宣布没到期的本金也一并到期。' }]],
  [
    ['人工'],
    (session) => {
      session.handoff = { state: 'waiting', position: 2 };
      return [cards.handoff('waiting')];
    },
  ],
  [['撑不住', '不想活', '崩溃'], () => [cards.helpLines()]],
  [['很长'], () => [{ text: '逾期以后先弄清楚欠款由哪些部分组成，再决定怎么还。'.repeat(40) }]],
  [['/restart'], () => [{ text: '想重新开始的话，直接告诉我您现在想问什么就可以。' }]],
];

/** @param {import('./session.mjs').Session} session @param {string} text @returns {Said[]} */
function form(session, text) {
  if (text.includes('停')) {
    session.form = null;
    return [{ text: '好，先停在这里，您填过的我都记着。还想了解什么？' }];
  }
  if (session.form === 'monthly' && !/\d/.test(text)) {
    return [{ text: '请告诉我一个金额，比如“3000”，或者说“停”。' }];
  }
  if (session.form === 'monthly') {
    session.form = 'first_day';
    return [
      {
        text: '好的。您想从哪一天开始还？',
        buttons: [
          button(session, '12 月 10 日', 'say:12 月 10 日', 'primary'),
          button(session, '下个月发工资后', 'say:12 月 15 日'),
        ],
      },
    ];
  }
  session.form = null;
  return [cards.planOptions((meaning, title) => session.issue(meaning, title))];
}

/**
 * @param {import('./session.mjs').Session} session
 * @param {string} meaning
 * @returns {Said[]}
 */
export function pressed(session, meaning) {
  const [kind, value = ''] = meaning.split(/:(.*)/s);
  if (kind === 'choose') {
    return [
      {
        text: '请核对：12 期，第一期 2026 年 12 月 10 日。确认后方案才生效。',
        buttons: [
          button(session, '确认这个方案', `confirm:${value}`, 'primary'),
          button(session, '再看看', 'say:分期', 'quiet'),
        ],
      },
    ];
  }
  if (kind === 'confirm') {
    session.plan = value;
    return [
      {
        text: '方案已登记，第一期 2026 年 12 月 10 日。到期前我会提醒您。',
        buttons: [button(session, '我的方案还剩几期', 'say:我的方案还剩几期')],
      },
    ];
  }
  return answer(session, value);
}

/** @param {import('./session.mjs').Session} session @returns {Said[]} */
export function welcome(session) {
  const asked = session.asked;
  session.asked = null;
  const hello = { text: `${session.borrower?.display_name ?? ''}，您好，已经确认是您本人。` };
  return asked ? [hello, ...answer(session, asked)] : [hello];
}
