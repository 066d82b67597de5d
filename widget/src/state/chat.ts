import type { Borrower, Handoff, ServerMessage } from '../contract/types';
import { merge, userEntry, type Draft, type Entry, type Problem } from './entry';

/**
 * Everything the page shows, and every way it changes. Pure: requests, timers and storage live in
 * the controller.
 */

export type Phase =
  | 'starting'
  | 'ready'
  /** The server cannot be reached, so there is no session yet. */
  | 'unreachable'
  /** The session ended by time; the words stay on the page, nothing can be sent. */
  | 'expired'
  /** The borrower signed out: nothing of the conversation is left. */
  | 'signed_out';

export type Rating = 'helpful' | 'unhelpful';

export interface ChatState {
  phase: Phase;
  borrower: Borrower | null;
  aiLabel: string;
  demo: boolean;
  entries: Entry[];
  handoff: Handoff | null;
  unread: number;
  ratings: Readonly<Record<number, Rating>>;
  /** Words given back to the composer because they could not be sent. */
  returnedDraft: string;
}

export const INITIAL: ChatState = {
  phase: 'starting',
  borrower: null,
  aiLabel: '',
  demo: false,
  entries: [],
  handoff: null,
  unread: 0,
  ratings: {},
  returnedDraft: '',
};

export type ChatAction =
  | { type: 'session_opened'; borrower: Borrower | null; aiLabel: string; demo: boolean }
  | { type: 'unreachable' }
  | { type: 'signed_in'; borrower: Borrower }
  /** The proof of who is there ended by time; the conversation goes on without. */
  | { type: 'proof_over' }
  /** Somebody else signed in: nothing of what was said to the one before stays. */
  | { type: 'another_conversation' }
  | { type: 'queued'; draft: Draft }
  | { type: 'sending'; id: string }
  | { type: 'delivered'; id: string }
  | { type: 'held'; id: string; problem: Problem; reason: string }
  | { type: 'gave_up'; id: string; problem: Problem; reason: string }
  | { type: 'dropped'; id: string }
  | { type: 'received'; messages: ServerMessage[]; unread: number }
  | { type: 'handoff'; handoff: Handoff | null }
  | { type: 'rated'; seq: number; rating: Rating }
  | { type: 'read' }
  | { type: 'expired' }
  | { type: 'draft_taken' }
  | { type: 'draft_kept'; words: string }
  | { type: 'signed_out' }
  | { type: 'restarted' };

type UserChange = Partial<Pick<Extract<Entry, { kind: 'user' }>, 'delivery' | 'problem' | 'reason'>>;

function changeUser(state: ChatState, id: string, change: UserChange): ChatState {
  return {
    ...state,
    entries: state.entries.map((entry) =>
      entry.kind === 'user' && entry.id === id ? { ...entry, ...change } : entry,
    ),
  };
}

function expire(state: ChatState): ChatState {
  const unsent = state.entries.filter((e) => e.kind === 'user' && e.delivery !== 'sent');
  const words = unsent.flatMap((e) => (e.kind === 'user' && e.button === null ? [e.text] : []));
  return {
    ...state,
    phase: 'expired',
    borrower: null,
    handoff: null,
    entries: state.entries.map((entry) =>
      entry.kind === 'user' && entry.delivery !== 'sent'
        ? { ...entry, delivery: 'failed', problem: 'ended', reason: '' }
        : entry,
    ),
    returnedDraft: words.join('\n'),
  };
}

function keepDraft(state: ChatState, words: string): ChatState {
  if (state.phase === 'signed_out' || words.trim() === '') return state;
  return { ...state, returnedDraft: [state.returnedDraft, words].filter(Boolean).join('\n') };
}

/** The state after the action. */
export function reduce(state: ChatState, action: ChatAction): ChatState {
  switch (action.type) {
    case 'session_opened':
      return {
        ...state,
        phase: 'ready',
        borrower: action.borrower,
        aiLabel: action.aiLabel,
        demo: action.demo,
      };
    case 'unreachable':
      return { ...state, phase: 'unreachable' };
    case 'signed_in':
      return { ...state, borrower: action.borrower };
    case 'proof_over':
      return { ...state, borrower: null };
    case 'another_conversation':
      return { ...state, entries: [], handoff: null, unread: 0, ratings: {}, returnedDraft: '' };
    case 'queued':
      return { ...state, entries: [...state.entries, userEntry(action.draft)] };
    case 'sending':
      return changeUser(state, action.id, { delivery: 'sending', problem: null, reason: '' });
    case 'delivered':
      return changeUser(state, action.id, { delivery: 'sent', problem: null, reason: '' });
    case 'held':
      return changeUser(state, action.id, { ...reasonOf(action), delivery: 'waiting' });
    case 'gave_up':
      return changeUser(state, action.id, { ...reasonOf(action), delivery: 'failed' });
    case 'dropped':
      return {
        ...state,
        entries: state.entries.filter((e) => !(e.kind === 'user' && e.id === action.id)),
      };
    case 'received':
      return {
        ...state,
        entries: merge(state.entries, action.messages),
        unread: state.unread + action.unread,
      };
    case 'handoff':
      return { ...state, handoff: action.handoff };
    case 'rated':
      return { ...state, ratings: { ...state.ratings, [action.seq]: action.rating } };
    case 'read':
      return state.unread === 0 ? state : { ...state, unread: 0 };
    case 'expired':
      return expire(state);
    case 'draft_taken':
      return { ...state, returnedDraft: '' };
    case 'draft_kept':
      return keepDraft(state, action.words);
    case 'signed_out':
      return { ...INITIAL, phase: 'signed_out', aiLabel: state.aiLabel, demo: state.demo };
    case 'restarted':
      return { ...INITIAL, returnedDraft: state.returnedDraft };
  }
}

function reasonOf(action: { problem: Problem; reason: string }): UserChange {
  return { problem: action.problem, reason: action.reason };
}

/** True while an answer is on its way. */
export function isAnswering(state: ChatState): boolean {
  return state.entries.some((entry) => entry.kind === 'user' && entry.delivery === 'sending');
}
