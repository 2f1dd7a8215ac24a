// The peer: the cockpit and the task list of sangu, made by Fastify and better-sqlite3 from sangu's own database file: the
// same rows, the same computing, the same HTML in simplified Chinese.
// usage: node server.mjs <port> <database file>
import Fastify from 'fastify';
import { hash } from 'node:crypto';
import { cockpit } from './cockpit.mjs';
import { openDatabase } from './database.mjs';
import { taskList } from './tasks.mjs';

const [port, file] = process.argv.slice(2);
const database = openDatabase(file);
const minute = 60_000, idleLimit = 30 * minute, longestSession = 12 * 60 * minute;

const anonymous = { id: '', name: '', grants: [], csrf: '', unread: 0 };
const cookieOf = (request) => /(?:^|; )sangu_session=([^;]+)/.exec(request.headers.cookie ?? '')?.[1];

// Who asks, with roles in force today and the number of unread notices: one indexed read each.
const visitorOf = (request, now, today) => {
  const cookie = cookieOf(request);
  if (!cookie) return anonymous;
  const rows = database.session(today, today, hash('sha256', cookie), new Date(now - idleLimit).toISOString(),
    new Date(now - longestSession).toISOString());
  if (rows.length === 0) return anonymous;
  const [id, name] = rows[0];
  return {
    id, name,
    grants: rows.filter((row) => row[2] !== null).map((row) => ({ role: row[2], scope: row[3] })),
    csrf: hash('sha256', `sangu csrf ${cookie}`, 'base64url'),
    unread: database.unread(id),
  };
};

const inChina = 8 * 60 * minute;
const answer = database.inOneSnapshot((request, make) => {
  const now = Date.now(), today = new Date(now + inChina).toISOString().slice(0, 10);
  return make(database.reference(), visitorOf(request, now, today), today);
});

const app = Fastify({ logger: false });
app.addHook('onSend', (request, reply, payload, done) => {
  reply.headers({
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
  });
  done();
});
const html = (reply, body) => reply.type('text/html; charset=utf-8').send(body);

app.get('/healthz', (request, reply) => reply.type('text/plain').send('ok\n'));
app.get('/', (request, reply) => html(reply, answer(request, (reference, visitor) => cockpit(reference, visitor, request.query.plan))));
app.get('/tasks', (request, reply) =>
  html(reply, answer(request, (reference, visitor, today) => taskList(reference, database, visitor, today))));

await app.listen({ port: Number(port), host: '127.0.0.1' });
