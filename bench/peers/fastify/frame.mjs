// What every page carries, as src/kernel/html/{page,frame,menu}.cpp write it: head, menu by permission, languages, account,
// footer. Menu and permissions are read from the tables the golden tests keep up to date.
import { readFileSync } from 'node:fs';

const repository = new URL('../../../', import.meta.url);
const read = (path) => readFileSync(new URL(path, repository), 'utf8');
const table = (name) => read(`tests/golden/${name}`).trim().split('\n')
  .map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim()));

const [roleNames, , ...permissionRows] = table('permissions.md');
const rolesOf = new Map(permissionRows.map(([permission, ...marks]) =>
  [permission, new Set(roleNames.slice(1).filter((_, i) => marks[i] === 'x'))]));
const menu = table('menu.md').slice(2).map(([group, label, path, permission]) => ({ group, label, path, permission }));
export const version = /sangu VERSION (\d+\.\d+\.\d+)/.exec(read('CMakeLists.txt'))[1];

const covers = (scope, other) => scope === 'zone' || scope === other || other.startsWith(`${scope}/`);
// The scopes in which a visitor has a permission.
export const scopesOf = (visitor, permission) => {
  const roles = rolesOf.get(permission);
  if (roles.has('everyone') || (roles.has('signed in') && visitor.id)) return ['zone'];
  return visitor.grants.filter((grant) => roles.has(grant.role)).map((grant) => grant.scope);
};
export const isCovered = (scopes, scope) => scopes.some((one) => covers(one, scope));
const mayOpen = (visitor, permission) =>
  permission === 'public' || (permission === 'signed_in' ? Boolean(visitor.id) : scopesOf(visitor, permission).length > 0);

const special = /[&<>"']/;
const escapes = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
export const text = (value) => (special.test(value) ? value.replace(/[&<>"']/g, (c) => escapes[c]) : value);

const grouped = (digits) => {
  const point = digits.indexOf('.');
  let at = point < 0 ? digits.length : point;
  let result = digits.slice(at);
  for (; at > 3; at -= 3) result = `,${digits.slice(at - 3, at)}${result}`;
  return digits.slice(0, at) + result;
};
// Grouped, rounded, without trailing zeros: "18,000", "0.13".
export const number = (value, decimals = 2) => {
  const scale = 10 ** decimals;
  const rounded = Number.isInteger(value) ? value : Math.round((value + Math.sign(value) * Number.EPSILON) * scale) / scale;
  return rounded < 0 ? `−${grouped(String(-rounded))}` : grouped(String(rounded));
};

const menuGroup = (label, items, path) => {
  const isAt = (item) => path === item.path || (item.path !== '/' && path.startsWith(`${item.path}/`));
  const link = (item) => `<li><a href="${item.path}"${isAt(item) ? ' aria-current="page"' : ''}>${item.label}</a></li>`;
  if (items.length === 1) return link(items[0]);
  return `<li><details class="menu-group${items.some(isAt) ? ' current' : ''}" name="menu"><summary>${label}</summary><ul>${
    items.map(link).join('')}</ul></details></li>`;
};

const navigation = (visitor, path) => {
  const groups = new Map();
  for (const item of menu) {
    if (!item.group || !mayOpen(visitor, item.permission)) continue;
    const group = groups.get(item.group);
    if (group) group.push(item);
    else groups.set(item.group, [item]);
  }
  let html = '';
  for (const [label, items] of groups) html += menuGroup(label, items, path);
  return html;
};

const account = (visitor, path) => !visitor.id
  ? `<a class="button quiet" href="/sign-in?next=${encodeURIComponent(path)}">登录</a>`
  : `<a class="button quiet" href="/inbox">消息 <span id="count-notices" data-stream="/events?topic=notices" data-events="notices.added">${
    visitor.unread > 0 ? `<span class="badge info">${visitor.unread}<span class="visually-hidden"> 条未读</span></span>` : ''
  }</span></a><details class="drop account" name="menu"><summary>${text(visitor.name)}</summary><ul><li><a href="/account">我的账号</a></li><li><form method="post" action="/sign-out"><input type="hidden" name="csrf" value="${
    visitor.csrf}"><button type="submit">退出登录</button></form></li></ul></details>`;

export const page = ({ title, lead, wide, feed, crumbs = '', actions = '' }, visitor, path, body) => `<!doctype html>
<html lang="zh-Hans"><head><meta charset="utf-8"><title>${text(title)} · 三谷</title><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><script src="/assets/theme-000000000000.js"></script><link rel="stylesheet" href="/assets/app-000000000000.css"><link rel="icon" type="image/svg+xml" href="/assets/favicon-000000000000.svg">${
  feed ? `<link rel="alternate" type="application/atom+xml" title="${text(title)}" href="${feed}">` : ''
}<script type="module" src="/assets/app-000000000000.js"></script></head><body class="${wide ? 'wide' : 'narrow'}"><a class="skip" href="#main">跳到主要内容</a><header class="site-header"><div class="demo-ribbon"><strong>演示系统</strong> 账号与操作仅供演示；计划数据取自所注明的公开来源。</div><div class="container header-row"><a class="brand" href="/"><svg class="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false"><rect width="32" height="32" rx="7" fill="currentColor"></rect><path d="M5 12c4 0 4-4 8-4s4 4 8 4 3-2 6-3M5 18c4 0 4-4 8-4s4 4 8 4 3-2 6-3M5 24c4 0 4-4 8-4s4 4 8 4 3-2 6-3" fill="none" stroke="#fff" stroke-width="2.2" stroke-linecap="round"></path></svg><span class="brand-text"><strong>三谷</strong><span class="brand-zone">长株潭国家自主创新示范区</span></span></a><button class="menu-button" type="button" popovertarget="menu">菜单</button><nav id="menu" class="menu" popover="auto" aria-label="菜单"><ul>${
  navigation(visitor, path)
}</ul></nav><div class="tools"><details class="drop" name="menu"><summary><span class="visually-hidden">语言 Language：</span>简体中文</summary><ul><li><a href="${path}?lang=zh-Hans" rel="nofollow" lang="zh-Hans" hreflang="zh-Hans" aria-current="true">简体中文</a></li><li><a href="${path}?lang=zh-Hant" rel="nofollow" lang="zh-Hant" hreflang="zh-Hant">繁體中文</a></li><li><a href="${path}?lang=en" rel="nofollow" lang="en" hreflang="en">English</a></li></ul></details>${
  account(visitor, path)
}</div></div></header><main id="main" class="container" tabindex="-1">${crumbs}<div class="page-head"><div><h1>${text(title)}</h1><p class="lead">${text(lead)}</p></div>${
  actions && `<div class="page-actions">${actions}</div>`
}</div>${body}</main><footer class="site-footer"><div class="container footer-row"><ul><li><a href="/accessibility">无障碍声明</a></li><li><a href="/api">数据接口</a></li></ul><div class="theme" role="group" aria-label="页面颜色" hidden data-theme-switch="1"><button type="button" data-theme-set="auto">跟随系统</button><button type="button" data-theme-set="light">浅色</button><button type="button" data-theme-set="dark">深色</button></div><p>三谷 ${
  version}</p></div></footer><template id="texts"><p data-key="close">关闭</p><p data-key="draft_discard">放弃恢复</p><p data-key="draft_found">已恢复您上次未提交的内容。</p><p data-key="offline">网络已断开，已填写的内容保存在本浏览器中。</p><p data-key="sending">正在提交……</p><p data-key="shortcut_help">显示本说明</p><p data-key="shortcut_on">启用快捷键</p><p data-key="shortcut_search">定位到搜索框</p><p data-key="shortcuts">键盘快捷键</p><p data-key="unsaved">页面上有未提交的内容。</p></template></body></html>`;
