// The peer: a public cockpit and a signed-in list of 50 tasks with permissions, from SQLite, as HTML.
// usage: node server.mjs <port> <database file>
import Fastify from 'fastify';
import Database from 'better-sqlite3';
import { createHash } from 'node:crypto';
import { prepare } from './data.mjs';

const [port, file] = process.argv.slice(2);
const db = new Database(file);
db.pragma('journal_mode = WAL');
db.pragma('mmap_size = 268435456');
prepare(db);

const findSession = db.prepare(
  'select a.id, a.name, g.role, g.scope from session s join account a on a.id = s.account_id ' +
    'left join role_grant g on g.account_id = a.id where s.id = ?');
const listTasks = db.prepare(
  'select t.id, t.number, t.title, t.state, t.due, t.progress, t.scope, o.name as unit from task t ' +
    'join organisation o on o.id = t.unit_id order by t.due, t.id limit 50');
const figures = db.prepare('select id, title, unit, target, actual, year from figure order by id limit 40');
const counts = db.prepare('select state, count(*) as n from task group by state order by state');

const escapes = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const text = (value) => String(value).replace(/[&<>"']/g, (c) => escapes[c]);
const number = new Intl.NumberFormat('zh-CN', { maximumFractionDigits: 2 });
const permissions = { 'plan.task.read': ['officer', 'leader'], 'plan.task.report': ['officer'], 'plan.task.close': ['leader'] };
const covers = (scope, other) => scope === 'zone' || other === scope || other.startsWith(scope + '/');
const may = (grants, permission, scope) =>
  grants.some((grant) => permissions[permission].includes(grant.role) && covers(grant.scope, scope));

const page = (title, name, body) => `<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>${text(title)}</title>
<link rel="stylesheet" href="/assets/app.css"><script type="module" src="/assets/app.js"></script></head><body>
<header><a href="/">三谷</a><nav><ul><li><a href="/cockpit">总览</a></li><li><a href="/tasks">任务</a></li></ul></nav>
<p>${text(name)}</p></header><main><h1>${text(title)}</h1>${body}</main><footer>sangu</footer></body></html>`;

const bar = (figure) => {
  const share = figure.target ? Math.min(1, figure.actual / figure.target) : 0;
  return `<tr><th scope="row"><a href="/figures/${figure.id}">${text(figure.title)}</a></th>
<td>${number.format(figure.target)} ${text(figure.unit)}</td><td>${number.format(figure.actual)}</td>
<td><meter min="0" max="1" value="${share.toFixed(3)}">${(share * 100).toFixed(1)} %</meter></td></tr>`;
};

const cockpit = () => page('三年行动计划', '', `<ul>${counts.all().map((one) => `<li>${text(one.state)}: ${one.n}</li>`).join('')}</ul>
<table><thead><tr><th>指标</th><th>目标</th><th>实际</th><th>进度</th></tr></thead>
<tbody>${figures.all().map(bar).join('')}</tbody></table>`);

const row = (task, grants) => `<tr><th scope="row"><a href="/tasks/${task.id}">${text(task.number)} ${text(task.title)}</a></th>
<td>${text(task.unit)}</td><td><span class="badge ${task.state}">${text(task.state)}</span></td><td>${text(task.due)}</td>
<td>${number.format(task.progress)} %</td><td>${
  may(grants, 'plan.task.report', task.scope) ? `<a href="/tasks/${task.id}/report">填报</a>` : ''}${
  may(grants, 'plan.task.close', task.scope) ? `<a href="/tasks/${task.id}/close">办结</a>` : ''}</td></tr>`;

const app = Fastify({ logger: false });
app.addHook('onSend', (request, reply, payload, done) => {
  reply.header('content-security-policy', "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'");
  reply.header('x-content-type-options', 'nosniff');
  reply.header('referrer-policy', 'same-origin');
  done();
});

const grantsOf = (request) => {
  const cookie = /(?:^|; )sangu_session=([^;]+)/.exec(request.headers.cookie ?? '');
  return cookie ? findSession.all(createHash('sha256').update(cookie[1]).digest('hex')) : [];
};

app.get('/healthz', (request, reply) => reply.type('text/plain').send('ok\n'));
app.get('/', (request, reply) => reply.type('text/html; charset=utf-8').send(cockpit()));
app.get('/tasks', (request, reply) => {
  const grants = grantsOf(request);
  if (!grants.some((grant) => grant.role && may(grants, 'plan.task.read', grant.scope)))
    return reply.redirect('/sign-in', 303);
  const tasks = listTasks.all().filter((task) => may(grants, 'plan.task.read', task.scope));
  return reply.type('text/html; charset=utf-8').send(page('任务', grants[0].name,
    `<table><tbody>${tasks.map((task) => row(task, grants)).join('')}</tbody></table>`));
});

await app.listen({ port: Number(port), host: '127.0.0.1' });
