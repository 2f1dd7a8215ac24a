// Makes data/plan-2017-2019/{plans,sections,tasks,task_indicators,milestones}.csv from plan-facts.json:
//   node tools/plan-data/tasks.mjs <plan-facts.json> [output folder]
import { readFileSync } from 'node:fs';
import { writeCsv } from './csv.mjs';
import { plans, sections, tasks as words } from './task-words.mjs';

const [, , factsPath, folder = 'data/plan-2017-2019'] = process.argv;
const facts = JSON.parse(readFileSync(factsPath, 'utf8'));
const plan = 'czt-2017';
const digits = '一二三四五六七八九';

// "二(一)3" → "2.1.3"
const pathOf = (number) => {
  const [, chapter, part, item] = /^(.)(?:\((.)\))?(\d*)$/.exec(number.normalize('NFKC'));
  return [digits.indexOf(chapter) + 1, part && digits.indexOf(part) + 1, item].filter(Boolean).join('.');
};
const sectionCode = (number) => `${plan}-${pathOf(number)}`;
const parentOf = (code) => (code.includes('.') ? code.slice(0, code.lastIndexOf('.')) : '');

const sectionRows = sections.map(([number, title_zh, title_en], i) => {
  const code = sectionCode(number);
  return { code, plan, parent: parentOf(code), number, title_zh, title_en, position: (i + 1) * 10 };
});
const known = new Set(sectionRows.map((row) => row.code));

const quota = (facts) =>
  Object.entries(facts ?? {}).map(([key, value]) => `${key}=${Array.isArray(value) ? value.join('-') : value}`).join(';');

const taskRows = facts.tasks.map((task, i) => {
  const own = words[task.id];
  if (!own) throw new Error(`no words for ${task.id}`);
  const section = sectionCode(task.section);
  if (!known.has(section)) throw new Error(`no section ${task.section}`);
  return {
    code: task.id, plan, section, parent: '', title_zh: task.title_zh, title_en: own.title ?? task.title_en,
    deliverables_zh: own.zh.join('\n'), deliverables_en: (own.en ?? task.deliverables).join('\n'),
    places: task.scope.join(';'), quota: quota(task.quota), soft: String(task.soft), lead_unit: task.lead_unit ?? '',
    coop_units: task.coop_units.join(';'), topic: task.module, source: task.source, status: task.status, position: (i + 1) * 10,
  };
});

const indicatorRows = facts.tasks.flatMap((task) =>
  task.linked_indicators.map((indicator) => ({ code: `${task.id}-${indicator}`, task: task.id, indicator })));
const milestoneRows = facts.tasks.flatMap((task) =>
  Object.entries(task.year_milestones).map(([year, text]) => ({ code: `${task.id}-${year}`, task: task.id, year, text: text ?? '' })));

const write = (name, rows) => writeCsv(`${folder}/${name}.csv`, Object.keys(rows[0]), rows);
write('plans', plans);
write('sections', sectionRows);
write('tasks', taskRows);
write('task_indicators', indicatorRows);
write('milestones', milestoneRows);
