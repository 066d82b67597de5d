// @ts-check
import { randomBytes } from 'node:crypto';

/** @typedef {{seq: number, from: string, at: string, id?: string, in_reply_to: string|null, text: string, buttons: object[], card: object|null}} Message */

export const BORROWERS = [
  { id: 'zhang', display_name: '张先生', story: '借呗逾期，花呗被要求全额还款' },
  { id: 'li', display_name: '李先生', story: '借呗一期没还清，被要求提前全部还清' },
  { id: 'wang', display_name: '王女士', story: '花呗晚了一两天' },
  { id: 'chen', display_name: '陈女士', story: '从没逾期过' },
];

const LIFE_MS = 30 * 60_000;

/** One conversation of the mock. */
export class Session {
  /** @type {Message[]} */ messages = [];
  /** @type {Map<string, object>} */ answers = new Map();
  /** @type {Map<string, {meaning: string, title: string}>} */ issued = new Map();
  /** @type {Set<import('node:http').ServerResponse>} */ listeners = new Set();
  /** @type {{id: string, display_name: string}|null} */ borrower = null;
  /** @type {string|null} */ form = null;
  /** @type {string|null} */ asked = null;
  /** @type {string|null} */ plan = null;
  /** @type {object|null} */ handoff = null;
  token = '';
  expires = 0;

  constructor() {
    this.rotate();
  }

  rotate() {
    this.token = randomBytes(16).toString('base64url');
    this.expires = Date.now() + LIFE_MS;
  }

  /** @param {string} meaning @param {string} title */
  issue(meaning, title) {
    const value = `b-${randomBytes(9).toString('base64url')}`;
    this.issued.set(value, { meaning, title });
    return value;
  }

  /** @param {Partial<Message> & {text: string}} message */
  add(message) {
    const whole = {
      seq: this.messages.length + 1,
      from: 'bot',
      at: new Date().toISOString(),
      in_reply_to: null,
      buttons: [],
      card: null,
      ...message,
    };
    this.messages.push(whole);
    return whole;
  }

  /** Says something nobody asked for, to every open page. @param {Partial<Message> & {text: string}} message */
  push(message) {
    const added = this.add(message);
    for (const listener of this.listeners) {
      listener.write(`id: ${added.seq}\nevent: message\ndata: ${JSON.stringify(added)}\n\n`);
    }
    return added;
  }

  /** @param {object|null} handoff */
  setHandoff(handoff) {
    this.handoff = handoff;
    for (const listener of this.listeners) {
      listener.write(`event: handoff\ndata: ${JSON.stringify(handoff)}\n\n`);
    }
  }

  describe() {
    return {
      token: this.token,
      expires_at: new Date(this.expires).toISOString(),
      borrower: this.borrower && { display_name: this.borrower.display_name },
      ai_label: '您正在与 AI 智能助手对话，内容由人工智能生成，金额以合同及系统账单为准。',
      demo: true,
    };
  }
}
