import {
  parseChallenge,
  parseLink,
  parseReply,
  parseSession,
  parseShownCode,
  parseSignIn,
} from '../contract/parse';
import type {
  DemoBorrower,
  OpenedLink,
  PhoneChallenge,
  Reply,
  ServerMessage,
  Session,
  ShownCode,
  SignIn,
} from '../contract/types';
import { send, type HttpOptions, type HttpRequest } from './http';

/** What the borrower says: typed words, or the value of a button they were shown. */
export type Utterance =
  | { id: string; text: string }
  | { id: string; button: string };

/** The calls of docs/web-channel.md. Every one throws `ConnectionLost` or `Refused`. */
export interface ChatApi {
  openSession(): Promise<Session>;
  /** Trades the host page's token for a session; with a token in use that conversation goes on. */
  signInByHost(token: string | null, hostToken: string): Promise<HostSignIn>;
  readSession(token: string): Promise<Session>;
  renewSession(token: string): Promise<Session>;
  endSession(token: string): Promise<void>;
  demoBorrowers(token: string): Promise<DemoBorrower[]>;
  demoSignIn(token: string, borrower: string): Promise<SignIn>;
  startVerification(token: string, phone: string): Promise<PhoneChallenge>;
  finishVerification(token: string, challenge: string, code: string): Promise<SignIn>;
  lookAtLink(token: string, link: string): Promise<OpenedLink>;
  confirmLink(token: string, link: string): Promise<ShownCode>;
  say(token: string, utterance: Utterance): Promise<Reply>;
  history(token: string, after: number): Promise<Reply>;
  feedback(token: string, feedback: Feedback): Promise<void>;
}

export interface HostSignIn {
  session: Session;
  messages: ServerMessage[];
}

export interface Feedback {
  message_seq: number;
  helpful: boolean;
  comment: string;
}

/** The page is served under the channel's own path, so the API is beside it. */
export function channelBase(location: Location): string {
  return `${location.origin}/webhooks/web`;
}

export function createApi(options: HttpOptions): ChatApi {
  const call = (request: HttpRequest): Promise<unknown> => send(options, request);
  const post = (path: string, token: string | null, body: unknown): Promise<unknown> =>
    call({ method: 'POST', path, token, body });
  return {
    async openSession() {
      return parseSession(await post('/session', null, {}));
    },
    async signInByHost(token, hostToken) {
      const answer = await post('/session', token, { host_token: hostToken });
      return { session: parseSession(answer), messages: parseReply(answer).messages };
    },
    async readSession(token) {
      return parseSession(await call({ method: 'GET', path: '/session', token }), token);
    },
    async renewSession(token) {
      return parseSession(await post('/session/renew', token, {}), token);
    },
    async endSession(token) {
      await call({ method: 'DELETE', path: '/session', token });
    },
    async demoBorrowers(token) {
      const rows = await call({ method: 'GET', path: '/demo/borrowers', token });
      return Array.isArray(rows) ? (rows as DemoBorrower[]) : [];
    },
    async demoSignIn(token, borrower) {
      return parseSignIn(await post('/demo/sign-in', token, { borrower }));
    },
    async startVerification(token, phone) {
      return parseChallenge(await post('/verify/start', token, { phone }));
    },
    async finishVerification(token, challenge, code) {
      return parseSignIn(await post('/verify/finish', token, { challenge, code }));
    },
    async lookAtLink(token, link) {
      return parseLink(await post('/link/look', token, { link }));
    },
    async confirmLink(token, link) {
      return parseShownCode(await post('/link/confirm', token, { link }));
    },
    async say(token, utterance) {
      return parseReply(await post('/messages', token, utterance));
    },
    async history(token, after) {
      return parseReply(await call({ method: 'GET', path: `/messages?after=${String(after)}`, token }));
    },
    async feedback(token, feedback) {
      await post('/feedback', token, feedback);
    },
  };
}
