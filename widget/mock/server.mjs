// @ts-check
// A small server that keeps the contract of docs/web-channel.md with canned answers, for working on
// the page and for its browser tests. `POST /__mock/*` breaks it on purpose.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { answer, pressed, welcome } from './assistant.mjs';
import { readHostToken } from './hostToken.mjs';
import { BORROWERS, Session } from './session.mjs';

const BASE = '/webhooks/web';
const DIST = new URL('../dist/', import.meta.url);
const PING_MS = 15_000;
const TYPES = { html: 'text/html', js: 'text/javascript', css: 'text/css', svg: 'image/svg+xml' };
const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'";

/** @type {Map<string, Session>} */ const sessions = new Map();
/** @type {Map<string, {phone: string, tries: number}>} */ const challenges = new Map();
/** @type {Set<string>} */ const usedHostTokens = new Set();
/** Faults to serve: how many of the next message requests fail, and how. */
const faults = { status: 0, times: 0, drop: 0, delay: 0, retryAfter: '' };
const HOST_KEY = process.env.MOCK_HOST_KEY ?? 'a-key-for-tests-only-0123456789abcdef';
const frameAncestors = process.env.MOCK_FRAME_ANCESTORS ?? "'self'";

/** The link to sign in that the mock knows: `/webhooks/web/#sign-in=a-link`. */
const LINK = 'a-link';

/** A moment as the channel writes it. @param {number} at */
function shanghai(at) {
  return `${new Date(at + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`;
}

class HttpError extends Error {
  /** @param {number} status @param {string} code @param {string} message */
  constructor(status, code, message) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** @param {import('node:http').IncomingMessage} request */
async function bodyOf(request) {
  const pieces = [];
  for await (const piece of request) pieces.push(piece);
  const text = Buffer.concat(pieces).toString('utf8');
  return text ? JSON.parse(text) : {};
}

/** @param {import('node:http').ServerResponse} response @param {number} status @param {unknown} [body] @param {Record<string, string>} [headers] */
function reply(response, status, body, headers = {}) {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', ...headers });
  response.end(body === undefined ? '' : JSON.stringify(body));
}

/** @param {import('node:http').IncomingMessage} request */
function sessionOf(request) {
  const session = sessions.get((request.headers.authorization ?? '').replace('Bearer ', ''));
  if (!session) throw new HttpError(401, 'session_unknown', '会话不存在，请重新开始。');
  if (session.expires < Date.now()) throw new HttpError(401, 'session_expired', '会话已到期。');
  return session;
}

/** @param {Session} session */
function rotate(session) {
  sessions.delete(session.token);
  session.rotate();
  sessions.set(session.token, session);
}

/** @param {Session} session @param {typeof BORROWERS[number]} borrower */
function signIn(session, borrower) {
  rotate(session);
  session.borrower = borrower;
  const messages = welcome(session).map((said) => session.add(said));
  return { ...session.describe(), messages };
}

/** @param {Session} session @param {{id: string, text?: string, button?: string}} body */
function say(session, body) {
  const known = session.answers.get(body.id);
  if (known) return known;
  const pressedOn = body.button === undefined ? null : session.issued.get(body.button);
  if (pressedOn === undefined) {
    throw new HttpError(422, 'button_unknown', '这个选项已经失效，请直接打字告诉我。');
  }
  const text = body.text ?? pressedOn?.title ?? '';
  session.add({ from: 'user', text, id: body.id });
  const said = pressedOn ? pressed(session, pressedOn.meaning) : answer(session, text);
  const messages = said.map((each) => session.add({ ...each, in_reply_to: body.id }));
  const stored = { messages, handoff: session.handoff };
  session.answers.set(body.id, stored);
  return stored;
}

/** @param {import('node:http').IncomingMessage} request @param {import('node:http').ServerResponse} response */
async function handleMessage(request, response) {
  const session = sessionOf(request);
  const body = await bodyOf(request);
  if (faults.delay) await new Promise((resolve) => setTimeout(resolve, faults.delay));
  if (faults.times > 0) {
    faults.times -= 1;
    const headers = faults.retryAfter ? { 'Retry-After': faults.retryAfter } : undefined;
    reply(response, faults.status, { error: { code: 'fault', message: '', field: null } }, headers);
    return;
  }
  const stored = say(session, body);
  if (faults.drop > 0) {
    faults.drop -= 1;
    response.destroy();
    return;
  }
  reply(response, 200, stored);
}

/** @param {import('node:http').IncomingMessage} request @param {import('node:http').ServerResponse} response @param {URL} url */
function listen(request, response, url) {
  const session = sessionOf(request);
  const after = Number(request.headers['last-event-id'] ?? url.searchParams.get('after') ?? 0);
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
  response.write(': open\n\n');
  for (const message of session.messages.filter((each) => each.seq > after && each.from !== 'user')) {
    response.write(`id: ${message.seq}\nevent: message\ndata: ${JSON.stringify(message)}\n\n`);
  }
  session.listeners.add(response);
  const ping = setInterval(() => response.write(': ping\n\n'), PING_MS);
  response.on('close', () => {
    clearInterval(ping);
    session.listeners.delete(response);
  });
}

/** @param {string} token */
function borrowerOfHostToken(token) {
  const claims = readHostToken(token, HOST_KEY);
  const borrower = BORROWERS.find((each) => each.id === claims?.sub);
  if (!borrower || usedHostTokens.has(token)) {
    throw new HttpError(401, 'token_replayed', '登录信息无效，请在网站上重新登录。');
  }
  usedHostTokens.add(token);
  return borrower;
}

/** @type {Record<string, (request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse, url: URL) => Promise<void>|void>} */
const ROUTES = {
  'GET /health': (_, response) => reply(response, 200, { status: 'ok' }),
  'POST /session': async (request, response) => {
    const body = await bodyOf(request);
    const known = sessions.get((request.headers.authorization ?? '').replace('Bearer ', ''));
    const session = known ?? new Session();
    sessions.set(session.token, session);
    const answer = body.host_token
      ? signIn(session, borrowerOfHostToken(body.host_token))
      : session.describe();
    reply(response, 201, answer);
  },
  'GET /session': (request, response) => reply(response, 200, sessionOf(request).describe()),
  'POST /session/renew': (request, response) => {
    const session = sessionOf(request);
    rotate(session);
    reply(response, 200, session.describe());
  },
  'DELETE /session': (request, response) => {
    sessions.delete(sessionOf(request).token);
    reply(response, 204);
  },
  'GET /demo/borrowers': (_, response) => reply(response, 200, BORROWERS),
  'POST /demo/sign-in': async (request, response) => {
    const session = sessionOf(request);
    const { borrower: id } = await bodyOf(request);
    const borrower = BORROWERS.find((each) => each.id === id);
    if (!borrower) throw new HttpError(422, 'borrower_unknown', '没有这位演示借款人。');
    reply(response, 200, signIn(session, borrower));
  },
  'POST /verify/start': async (request, response) => {
    sessionOf(request);
    const { phone } = await bodyOf(request);
    const challenge = `c-${challenges.size + 1}`;
    challenges.set(challenge, { phone, tries: 3 });
    const expires_at = new Date(Date.now() + 300_000).toISOString();
    reply(response, 200, { challenge, expires_at, demo_code: '246810' });
  },
  'POST /verify/finish': async (request, response) => {
    const session = sessionOf(request);
    const body = await bodyOf(request);
    const challenge = challenges.get(body.challenge);
    if (!challenge || challenge.tries <= 0) {
      throw new HttpError(429, 'locked', '尝试次数太多，请 10 分钟后再试。');
    }
    if (body.code !== '246810') {
      challenge.tries -= 1;
      throw new HttpError(422, 'code_wrong', `验证码不对，还可以试 ${challenge.tries} 次。`);
    }
    reply(response, 200, signIn(session, /** @type {typeof BORROWERS[number]} */ (BORROWERS[0])));
  },
  'POST /link/look': async (request, response) => {
    sessionOf(request);
    if ((await bodyOf(request)).link !== LINK) throw new HttpError(422, 'link_unknown', '');
    reply(response, 200, { channel: '微信公众号', expires_at: shanghai(Date.now() + 900_000) });
  },
  'POST /link/confirm': async (request, response) => {
    if (!sessionOf(request).borrower) throw new HttpError(403, 'sign_in_needed', '请先登录。');
    reply(response, 200, { code: '482913', expires_at: shanghai(Date.now() + 600_000) });
  },
  'POST /messages': handleMessage,
  'GET /messages': (request, response, url) => {
    const session = sessionOf(request);
    const after = Number(url.searchParams.get('after') ?? 0);
    const messages = session.messages.filter((message) => message.seq > after);
    reply(response, 200, { messages, handoff: session.handoff });
  },
  'GET /events': listen,
  'POST /feedback': async (request, response) => {
    sessionOf(request);
    feedback.push(await bodyOf(request));
    reply(response, 204);
  },
};

/** @type {object[]} */ const feedback = [];

const newest = () => [...sessions.values()].at(-1);

/** @type {Record<string, (body: any) => unknown>} */
const CONTROLS = {
  '/__mock/faults': (body) => Object.assign(faults, body),
  '/__mock/push': (body) => newest()?.push(body),
  '/__mock/handoff': (body) => newest()?.setHandoff(body.handoff),
  '/__mock/expire': () => {
    for (const session of sessions.values()) {
      session.expires = 0;
      for (const listener of session.listeners) listener.end();
    }
  },
  '/__mock/state': () => ({ messages: newest()?.messages ?? [], plan: newest()?.plan ?? null, feedback }),
};

/** @param {string} path @param {import('node:http').ServerResponse} response */
async function serveFile(path, response) {
  const name = path === '/' ? 'index.html' : path.slice(1);
  if (!/^(index\.html|widget\.js|assets\/[\w.-]+)$/.test(name)) {
    throw new HttpError(404, 'not_found', '没有这个页面。');
  }
  const file = await readFile(new URL(name, DIST)).catch(() => {
    throw new HttpError(404, 'not_found', '没有这个页面。');
  });
  const type = TYPES[/** @type {keyof typeof TYPES} */ (name.split('.').pop())] ?? 'text/plain';
  /** @type {Record<string, string>} */
  const headers = { 'Content-Type': `${type}; charset=utf-8`, 'X-Content-Type-Options': 'nosniff' };
  if (name === 'index.html') {
    headers['Content-Security-Policy'] = `${CSP}; frame-ancestors ${frameAncestors}`;
  }
  response.writeHead(200, headers).end(file);
}

const server = createServer((request, response) => {
  void route(request, response).catch((error) => {
    if (response.headersSent) return void response.destroy();
    const status = error instanceof HttpError ? error.status : 500;
    const code = error instanceof HttpError ? error.code : 'internal';
    reply(response, status, { error: { code, message: error.message, field: null } });
  });
});

/** @param {import('node:http').IncomingMessage} request @param {import('node:http').ServerResponse} response */
async function route(request, response) {
  const url = new URL(request.url ?? '/', 'http://mock');
  const control = CONTROLS[url.pathname];
  if (control) return reply(response, 200, control(await bodyOf(request)) ?? {});
  if (!url.pathname.startsWith(`${BASE}/`)) throw new HttpError(404, 'not_found', '');
  const path = url.pathname.slice(BASE.length);
  const handler = ROUTES[`${request.method} ${path}`];
  if (handler) return handler(request, response, url);
  return serveFile(path, response);
}

const port = Number(process.env.PORT ?? 5180);
server.listen(port, '127.0.0.1', () => {
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  console.log(`http://127.0.0.1:${address.port}${BASE}/ (${fileURLToPath(DIST)})`);
});
