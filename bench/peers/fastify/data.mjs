// Tables of the peer, filled once: 200 tasks, 40 figures, one account signed in with the cookie "bench".
import { createHash } from 'node:crypto';

const schema = `
create table if not exists account (id text primary key, name text not null);
create table if not exists session (id text primary key, account_id text not null);
create table if not exists role_grant (account_id text not null, role text not null, scope text not null);
create index if not exists role_grant_account on role_grant (account_id);
create table if not exists organisation (id text primary key, name text not null);
create table if not exists task (id text primary key, number text not null, title text not null, state text not null,
  due text not null, progress real not null, scope text not null, unit_id text not null);
create index if not exists task_due on task (due, id);
create index if not exists task_state on task (state);
create table if not exists figure (id text primary key, title text not null, unit text not null, target real not null,
  actual real not null, year integer not null);`;

const places = ['zone/changsha/changsha_htz', 'zone/zhuzhou/zhuzhou_htz', 'zone/xiangtan/xiangtan_htz'];
const states = ['planned', 'running', 'submitted', 'done'];

export const prepare = (db) => {
  db.exec(schema);
  if (db.prepare('select count(*) as n from task').get().n > 0) return;
  db.transaction(() => {
    db.prepare('insert into account values (?, ?)').run('a1', '李娜');
    db.prepare('insert into session values (?, ?)').run(createHash('sha256').update('bench').digest('hex'), 'a1');
    db.prepare('insert into role_grant values (?, ?, ?)').run('a1', 'officer', 'zone');
    for (let i = 0; i < 20; i++) db.prepare('insert into organisation values (?, ?)').run(`o${i}`, `责任单位第 ${i + 1} 处`);
    const task = db.prepare('insert into task values (?, ?, ?, ?, ?, ?, ?, ?)');
    for (let i = 0; i < 200; i++)
      task.run(`t${String(i).padStart(4, '0')}`, `RW-${i + 1}`, `建设第 ${i + 1} 项重点任务 <自主创新> & 成果转化`, states[i % 4],
        `2025-${String((i % 12) + 1).padStart(2, '0')}-28`, (i * 7) % 101, places[i % 3], `o${i % 20}`);
    const figure = db.prepare('insert into figure values (?, ?, ?, ?, ?, ?)');
    for (let i = 0; i < 40; i++) figure.run(`f${String(i).padStart(3, '0')}`, `指标 ${i + 1}`, '亿元', 1000 + i * 37, 900 + i * 31, 2025);
  })();
};
