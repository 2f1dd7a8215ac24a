// Makes data/plan-2017-2019/{sources,indicators,targets,observations}.csv from plan-facts.json:
//   node tools/plan-data/indicators.mjs <plan-facts.json> [output folder]
import { readFileSync } from 'node:fs';
import { chinesePunctuation as zh, writeCsv } from './csv.mjs';
import { englishNames, planIndicators, series, units } from './definitions.mjs';
import { notes, placeCodes, placeNotes, published, sourceEnglish, successorCodes } from './words.mjs';

const [, , factsPath, folder = 'data/plan-2017-2019'] = process.argv;
const facts = JSON.parse(readFileSync(factsPath, 'utf8'));
const plan = 'czt-2017';
const firstYear = facts.plan.period[0];
const lastYear = facts.plan.period[1];

const need = (table, key, what) => {
  if (!(key in table)) throw new Error(`no ${what} for "${key}"`);
  return table[key];
};

const address = (url) => (!url ? '' : /^https?:/.test(url) ? url : `https://${url}`);

const sources = Object.entries(facts.sources).map(([code, source]) => ({
  code, title: source.title, title_en: need(sourceEnglish, code, 'English title'), url: address(source.url),
  published: published[code] ?? '', note: source.note ?? '',
}));

const comparators = { I04: 'reach', I05: 'reach', I06: 'reach', I07: 'strive', I08: 'reach', I10: 'reach', I11: 'reach', I15: 'reach' };
const comparatorOf = (fact) =>
  comparators[fact.id] ?? { '>=': 'at_least', '<=': 'at_most', range: 'range', list: 'list' }[fact.comparator];

const growth = { I04: 15, I05: null, I06: null };
const implied = { I04: facts.derived.implied_2016_patent_density };

function targetRows(fact) {
  const common = {
    plan, indicator: fact.id, place: fact.scope, from_year: firstYear, comparator: comparatorOf(fact), source: fact.source,
    base_value: fact.base ?? implied[fact.id] ?? '', base_year: fact.base_year ?? (implied[fact.id] ? firstYear - 1 : ''),
    base_derived: implied[fact.id] ? 'true' : 'false', growth_percent: growth[fact.id] ?? '',
    soft: comparatorOf(fact) === 'strive' || fact.id === 'I03b' ? 'true' : 'false',
  };
  const [value, valueTo] = Array.isArray(fact.target_2019) ? fact.target_2019 : [fact.target_2019 ?? '', ''];
  const last = { ...common, year: lastYear, value, value_to: valueTo, status: fact.status };
  const open = [];
  for (let year = firstYear; year < lastYear && fact.kind !== 'list'; ++year)
    open.push({ ...common, year, value: '', value_to: '', status: 'missing', note: zh('目标值表为图片,年度目标待录入') });
  const quotas = Object.entries(fact.city_quota ?? {}).map(([place, quota]) => ({
    ...common, place, year: lastYear, value: quota, comparator: 'strive', soft: 'true', status: fact.status,
  }));
  return [...open, last, ...quotas];
}

const successorPlans = { '提质升级行动计划(2024)': { plan: 'czt-2024', from: 2024 } };

function successorRows(successor) {
  const known = successorPlans[successor.plan];
  if (!known) return [];
  return successor.targets.map((target) => ({
    plan: known.plan, indicator: need(successorCodes, target.name, 'series'), place: target.scope === '自创区' ? 'zone' : 'three_cities',
    from_year: known.from, year: successor.year, comparator: target.comparator ? 'at_least' : 'reach', value: target.value,
    base_derived: 'false', soft: 'false', source: successor.source, status: 'verified',
  }));
}

function periodOf(raw) {
  const text = String(raw);
  let match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  if (match) return { period_kind: 'day', period: text, period_start: text, period_end: text };
  match = /^(\d{4})-(\d\d)$/.exec(text);
  if (match) {
    const lastDay = new Date(Date.UTC(+match[1], +match[2], 0)).getUTCDate();
    return { period_kind: 'month', period: text, period_start: `${text}-01`, period_end: `${text}-${lastDay}` };
  }
  match = /^(\d{4})\b/.exec(text);
  if (!match) throw new Error(`no period in "${text}"`);
  return { period_kind: 'year', period: match[1], period_start: `${match[1]}-01-01`, period_end: `${match[1]}-12-31` };
}

const densityParts = new Map();
for (const fact of facts.observations)
  if (['valid_invention_patents', 'resident_population'].includes(fact.indicator))
    densityParts.set(`${fact.indicator} ${fact.scope} ${fact.period}`, fact.value);

function parts(fact) {
  if (fact.indicator !== 'patent_density') return {};
  const scopes = fact.scope === 'three cities pooled' ? ['changsha', 'zhuzhou', 'xiangtan'] : [fact.scope];
  const sum = (name) => scopes.reduce((total, scope) => total + (densityParts.get(`${name} ${scope} ${fact.period}`) ?? NaN), 0);
  const [numerator, denominator] = [sum('valid_invention_patents'), sum('resident_population')];
  if (Number.isNaN(numerator) || Number.isNaN(denominator)) return {};
  return { numerator, denominator: +denominator.toFixed(2), denominator_note: zh('官方统计表所用常住人口(口径滞后)') };
}

function observationRow(fact) {
  const note = fact.note ? need(notes, fact.note, 'note') : ['', ''];
  const extra = /^\d{4}(-\d\d){0,2}$/.test(String(fact.period)) ? ['', ''] : need(notes, fact.period, 'period note');
  const both = (index, separator) => [placeNotes[fact.scope]?.[index], extra[index], note[index]].filter(Boolean).join(separator);
  return {
    indicator: fact.indicator, place: need(placeCodes, fact.scope, 'place'), ...periodOf(fact.period),
    vintage: published[fact.source] ?? '', value: fact.value, ...parts(fact),
    unit: units[fact.unit] ?? fact.unit, approximate: /^\d+\+/.test(fact.note) ? 'true' : 'false',
    source: fact.source, note: zh(both(0, ';')), note_en: both(1, '; '), status: fact.note === 'expected' ? 'estimated' : fact.status,
  };
}

const inChinese = (row) => ({
  ...row, name_zh: zh(row.name_zh), definition_zh: zh(row.definition_zh), formula_zh: zh(row.formula_zh),
});

const indicators = [
  ...facts.indicators.map((fact, index) => ({
    code: fact.id, name_zh: fact.name_zh, name_en: englishNames[fact.id] ?? fact.name_en, kind: fact.kind, direction: fact.direction,
    ...need(planIndicators, fact.id, 'definition'), position: index + 1, status: 'active',
  })),
  ...series.map((one, index) => ({ ...one, position: 100 + index, status: 'active' })),
].map(inChinese);

writeCsv(`${folder}/sources.csv`, ['code', 'title', 'title_en', 'url', 'published', 'note'], sources);
writeCsv(`${folder}/indicators.csv`,
  ['code', 'series_code', 'name_zh', 'name_en', 'unit', 'unit_en', 'kind', 'direction', 'topic', 'decimals', 'numerator_code',
    'denominator_code', 'factor', 'definition_zh', 'definition_en', 'formula_zh', 'formula_en', 'position', 'status'], indicators);
writeCsv(`${folder}/targets.csv`,
  ['plan', 'indicator', 'place', 'from_year', 'year', 'comparator', 'value', 'value_to', 'soft', 'base_value', 'base_year',
    'base_derived', 'growth_percent', 'source', 'status', 'note'],
  [...facts.indicators.flatMap(targetRows), ...facts.successor_targets.flatMap(successorRows)]);
writeCsv(`${folder}/observations.csv`,
  ['indicator', 'place', 'period_kind', 'period', 'period_start', 'period_end', 'vintage', 'value', 'numerator', 'denominator',
    'denominator_note', 'unit', 'approximate', 'source', 'note', 'note_en', 'status'],
  facts.observations.map(observationRow));
