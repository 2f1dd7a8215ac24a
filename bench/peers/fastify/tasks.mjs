// The task list of a plan with its facets and, where the reader may change tasks, boxes and the bulk form: as
// src/modules/plan/task_list_page.cpp writes it, for an address without filters.
import { randomUUID } from 'node:crypto';
import { isCovered, number, page, scopesOf, text } from './frame.mjs';

const tasksOnPage = 50;
const states = { drafted: '待下达', assigned: '已下达', under_way: '推进中', reported: '已填报', verified: '已核实', closed: '已办结', delayed: '逾期', suspended: '暂停' };
const tones = { closed: 'good', verified: 'good', under_way: 'info', reported: 'info', delayed: 'bad', suspended: 'warn', drafted: 'muted', assigned: 'muted' };
const units = { given: '已有牵头单位', open: '牵头单位待补' };
const open = '<span class="badge warn" title="计划未载明，尚未录入">待补</span>';
const overdueBadge = ' <span class="badge bad">逾期</span>';

const partsOf = (list) => (/[;；、\n\r]/.test(list) ? list.split(/[;；、\n\r]+/).map((part) => part.trim()).filter(Boolean) : list.trim() ? [list.trim()] : []);
const isOverdue = (task, today) => task.due !== null && task.due < today && !['verified', 'closed', 'suspended'].includes(task.state);
const addOne = (counts, key) => counts.set(key, (counts.get(key) ?? 0) + 1);
const sorted = (counts) => [...counts].sort(([a], [b]) => (a < b ? -1 : 1));

const tasksOf = (rows) => rows.map(([id, code, section, title, places, unit, scope, due, state, percent]) =>
  ({ id, code, section, title, places: partsOf(places), unit, scope, due, state, percent }));

const counted = (tasks, today) => {
  const counts = { sections: new Map(), states: new Map(), places: new Map(), units: new Map(), overdue: 0 };
  for (const task of tasks) {
    for (let code = task.section; code; code = code.slice(0, Math.max(0, code.lastIndexOf('.')))) addOne(counts.sections, code);
    addOne(counts.states, task.state);
    addOne(counts.units, task.unit ? 'given' : 'open');
    for (const place of task.places) addOne(counts.places, place);
    if (isOverdue(task, today)) counts.overdue++;
  }
  return counts;
};

const date = (day) => `${Number(day.slice(0, 4))}年${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`;
const due = (task, today) => (task.due === null ? open
  : `<time datetime="${task.due}" class="nowrap">${date(task.due)}</time>${isOverdue(task, today) ? overdueBadge : ''}`);

const row = (task, placeNames, editable, withBoxes, today) => `<tr>${
  withBoxes ? `<td>${isCovered(editable, task.scope) ? `<input type="checkbox" name="task" value="${task.id}" form="bulk" aria-label="选择 ${text(task.code)}">` : ''}</td>` : ''
}<th scope="row"><span class="mono nowrap">${text(task.code)}</span></th><td><a href="/tasks/${encodeURIComponent(task.code)}">${text(task.title)}</a></td><td>${
  placeNames(task.places)}</td><td>${task.unit ? text(task.unit) : open}</td><td>${due(task, today)}</td><td><span class="badge ${tones[task.state]}">${
  states[task.state]}</span></td><td class="num">${number(task.percent, 0)}%</td></tr>`;

const searchForm = (plan, sections, counts, places) => `<form class="filters" role="search" method="get" action="/tasks"><input type="hidden" name="plan" value="${
  plan}"><div class="field"><label for="q">搜索</label><input type="search" id="q" name="q" value="" maxlength="100"></div><div class="field"><label for="section">章节</label><select id="section" name="section"><option value="">全部</option>${
  sections.filter((one) => counts.sections.has(one.code)).map((one) => `<option value="${text(one.code)}">${text(one.number)} ${text(one.title)}</option>`).join('')
}</select></div><div class="field"><label for="place">地区</label><select id="place" name="place"><option value="">全部</option>${
  sorted(counts.places).map(([code, count]) => `<option value="${text(code)}">${text(places.get(code)?.name ?? code)} (${count})</option>`).join('')
}</select></div><button class="button" type="submit">筛选</button></form>`;

const facets = (address, counts) => `<ul class="chips" aria-label="筛选">${
  Object.keys(states).filter((state) => counts.states.has(state)).map((state) =>
    `<li><a href="${address}&amp;state=${state}">${states[state]} <span class="count">${counts.states.get(state)}</span></a></li>`).join('')
}${sorted(counts.units).map(([unit, count]) => `<li><a href="${address}&amp;unit=${unit}">${units[unit]} <span class="count">${count}</span></a></li>`).join('')
}${counts.overdue > 0 ? `<li><a href="${address}&amp;overdue=1">逾期 <span class="count">${counts.overdue}</span></a></li>` : ''}</ul>`;

const bulkForm = (csrf) => `<details class="card"><summary>批量修改</summary><p class="hint">先在表中勾选任务，再填写要统一修改的内容；十分钟内可以撤销。</p><form id="bulk" class="bulk" method="post" action="/tasks/bulk"><input type="hidden" name="csrf" value="${
  csrf}"><input type="hidden" name="once" value="${randomUUID()}"><div class="field"><label for="lead_unit">牵头单位 <span class="optional">（选填）</span></label><p class="hint" id="lead_unit-hint">填写单位名录中的全称或统一社会信用代码。</p><input id="lead_unit" name="lead_unit" type="text" value="" aria-describedby="lead_unit-hint"></div><div class="field"><label for="due">完成时限 <span class="optional">（选填）</span></label><input id="due" name="due" type="date" value=""></div><label class="choice" for="assign"><input type="checkbox" id="assign" name="assign" value="true"><span>同时下达</span></label><button class="button primary" type="submit">修改所选任务</button></form></details>`;

const download = (format) => `<a class="button quiet small" href="/tasks/download/${format}" download rel="nofollow">${format.toUpperCase()}</a>`;
const actionsOf = (visitor, withBoxes) => `${withBoxes ? '<a class="button primary" href="/tasks/new">新增任务</a>' : ''}${
  isCovered(scopesOf(visitor, 'plan.import'), 'zone') ? '<a class="button" href="/tasks/import">导入</a>' : ''}${['csv', 'xlsx', 'json'].map(download).join('')}`;

export const taskList = (reference, database, visitor, today) => {
  const plan = reference.plans.get(reference.planWithTasks), places = reference.placeByCode;
  const tasks = tasksOf(database.tasks(plan.code)), counts = counted(tasks, today);
  const editable = scopesOf(visitor, 'plan.task.edit'), withBoxes = editable.length > 0;
  const address = `/tasks?plan=${plan.code}`;
  const placeNames = (codes) => codes.map((code) => text(places.get(code)?.name ?? code)).join('、');
  let rows = '';
  for (const task of tasks.slice(0, tasksOnPage)) rows += row(task, placeNames, editable, withBoxes, today);
  const heading = (name, sort) => `<th scope="col">${sort ? `<a href="${address}&amp;sort=${sort}">${name}</a>` : name}</th>`;
  const head = { title: '任务', lead: plan.title, wide: true, actions: actionsOf(visitor, withBoxes),
    crumbs: '<nav class="crumbs" aria-label="当前位置"><ol><li><a href="/plans">计划</a></li><li aria-current="page">任务</li></ol></nav>' };
  return page(head, visitor, '/tasks', `${searchForm(plan.code, reference.sections.get(plan.code) ?? [], counts, places)}${facets(address, counts)
  }<ul class="tabs" aria-label="查看方式"><li><a href="${address}" aria-current="true">列表</a></li><li><a href="${address}&amp;view=board">看板</a></li><li><a href="${address}&amp;view=tree">目录</a></li><li><a href="${address
  }&amp;view=timeline">时间轴</a></li></ul><p class="list-head" aria-live="polite">共 ${number(tasks.length, 0)} 条</p>${withBoxes ? bulkForm(visitor.csrf) : ''
  }<div class="table-wrap" tabindex="0" role="region" aria-label="任务"><table class="table dense"><caption class="visually-hidden">任务</caption><thead><tr>${
  withBoxes ? '<td><input type="checkbox" hidden data-check-all="task" aria-label="全选"></td>' : ''}${heading('编号')}${heading('任务')}${heading('地区')}${
  heading('牵头单位', 'lead_unit')}${heading('完成时限', 'due')}${heading('状态', 'state')}${heading('进度（%）', 'percent')}</tr></thead><tbody>${rows}</tbody></table></div>`);
};
