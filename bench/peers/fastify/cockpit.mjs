// The cockpit of a plan, as src/modules/indicators/{cockpit_page,page_parts}.cpp write it.
import { readFileSync } from 'node:fs';
import { makeCards } from './board.mjs';
import { isCovered, number, page, text } from './frame.mjs';

const defaultPlan = 'czt-2017';
const planNames = {
  'czt-2017': '长株潭国家自主创新示范区建设三年行动计划（2017—2019 年）',
  'czt-2024': '自创区提质升级行动计划（2024—2025 年）',
};
const topics = [['environment', '创新环境'], ['input', '创新投入'], ['performance', '创新绩效'], ['competitiveness', '竞争优势'], ['series', '统计序列']];
const ratings = { open: '目标待定', list: '名单', no_data: '暂无数据', on_track: '进度正常', behind: '进度滞后', reached: '已达到', missed: '未达到', unrated: '不评级' };
const tones = { open: 'muted', list: 'muted', no_data: 'muted', on_track: 'info', behind: 'warn', reached: 'good', missed: 'bad', unrated: 'info' };
const soft = '<span class="badge muted">力争</span>';

const value = (indicator, amount, approximate) => {
  const digits = number(amount, indicator.decimals), about = approximate ? '约 ' : '';
  if (indicator.unit === '%') return `${about}${digits}%`;
  if (indicator.kind === 'rank') return `第 ${digits} 位`;
  return `${about}${digits} ${indicator.unit}`;
};

const goal = (aim) => {
  if (aim.comparator === 'list') return '一批（未给出数量）';
  if (aim.value === null) return '目标待定';
  if (aim.comparator === 'range' && aim.valueTo !== null)
    return `${number(aim.value, aim.indicator.decimals)}—${value(aim.indicator, aim.valueTo)}`;
  const target = value(aim.indicator, aim.value);
  switch (aim.comparator) {
    case 'at_least': return `不少于 ${target}`;
    case 'strive': return `力争达到 ${target}`;
    case 'at_most': return `提升至${target}`;
    case 'range': return `${target}—`;
    default: return `达到 ${target}`;
  }
};

const period = (figure) => {
  const year = figure.start.slice(0, 4);
  switch (figure.kind) {
    case 'year': return `${year} 年`;
    case 'half': return `${year} 年${figure.start.slice(5, 7) === '01' ? '上' : '下'}半年`;
    case 'month': return `${year} 年 ${Number(figure.start.slice(5, 7))} 月`;
    case 'day': return `${Number(figure.end.slice(0, 4))}年${Number(figure.end.slice(5, 7))}月${Number(figure.end.slice(8))}日`;
    default: return figure.period;
  }
};

const badge = (card) => `<span class="badge ${tones[card.rating]}">${ratings[card.rating]}</span>${card.aim.soft ? ` ${soft}` : ''}`;
const percent = (progress) => `完成度 ${number(progress * 100, 0)}%`;

const summary = (cards) => {
  const counts = { open: 0, list: 0, no_data: 0, on_track: 0, behind: 0, reached: 0, missed: 0, unrated: 0 };
  for (const card of cards) counts[card.rating]++;
  return `<dl class="figures"><div><dt>指标</dt><dd>${cards.length}</dd></div><div><dt>已达到</dt><dd>${counts.reached}</dd></div><div><dt>进度正常</dt><dd>${
    counts.on_track}</dd></div><div><dt>滞后或未达到</dt><dd>${counts.behind + counts.missed}</dd></div><div><dt>暂无数据或未评级</dt><dd>${
    counts.no_data + counts.open + counts.unrated}</dd></div><div><dt>名单类</dt><dd>${counts.list}</dd></div></dl>`;
};

const zone = JSON.parse(readFileSync(new URL('../../../data/zone-map.json', import.meta.url), 'utf8'));
const area = (path) => `<path class="area" d="${path}"></path>`;
// What does not depend on names is put together once.
const drawings = zone.cities.map((city) => {
  const [x, y] = city.valley, leftwards = x < zone.width / 2 && city.place !== 'changsha';
  return {
    place: city.place,
    areas: `${city.districts.length === 0 ? area(city.path) : ''}${city.districts.map((one) => area(one.path)).join('')}<circle class="place" cx="${
      x}" cy="${y}" r="6"></circle><path d="${city.path}" fill="none" stroke="currentColor" stroke-width="1"></path><text x="${
      x + (leftwards ? -10 : 10)}" y="${y + 5}" text-anchor="${leftwards ? 'end' : 'start'}">`,
  };
});

const nameOf = (places, code) => text(places.get(code)?.name ?? code);

const map = (places) => `<svg class="drawing" viewBox="0 0 ${zone.width} ${zone.height}" role="group" aria-label="自创区地图">${
  drawings.map(({ place, areas }) => {
    const valley = nameOf(places, `${place}_valley`);
    return `<a href="/cities/${place}" aria-label="${nameOf(places, place)} · ${valley}">${areas}${valley}</text></a>`;
  }).join('')}</svg>`;

const cities = (places, cards) => zone.cities.map(({ place }) => {
  const scope = [`zone/${place}`];
  let lines = '';
  for (const card of cards)
    if (isCovered(scope, card.aim.place.path))
      lines += `<li><a href="/indicators/${card.aim.indicator.code}?place=${card.aim.place.code}">${text(card.aim.indicator.name_zh)}</a>：${
        text(goal(card.aim))} ${badge(card)}</li>`;
  return `<h3><a href="/cities/${place}">${nameOf(places, place)}</a></h3><p class="hint">${nameOf(places, `${place}_valley`)}</p><ul>${lines}</ul>`;
}).join('');

const figure = (card) => {
  const { indicator } = card.aim;
  const shown = indicator.kind === 'rank' ? `<p class="tile-figure">${value(indicator, card.actual.value)}</p>`
    : `<p class="tile-figure">${number(card.actual.value, indicator.decimals)}<span class="tile-unit">${text(indicator.unit)}</span></p>`;
  if (card.progress === undefined) return shown;
  const share = Math.min(100, Math.max(0, Math.trunc(card.progress * 100)));
  return `${shown}<progress max="100" value="${share}" aria-label="${percent(card.progress)}"></progress>`;
};

const instead = (places, card) => {
  const { aim } = card;
  let html = `<p class="tile-nothing">${card.rating === 'list' ? '名单类指标' : '暂无数据'}</p>`;
  if (card.later)
    return `${html}<p class="hint">计划期后（${period(card.later)}）：${text(value(aim.indicator, card.later.value, card.later.approximate))}</p>`;
  for (const other of card.related)
    html += `<p class="hint">${nameOf(places, other.place)}：${text(value(aim.indicator, other.value, other.approximate))}（${period(other)}，${
      Number(other.moment.slice(0, 4)) > aim.year ? '计划期后，' : ''}非自创区口径）</p>`;
  return html;
};

const spark = ({ aim, history }) => {
  if (history.length < 2) return '';
  let low = Infinity, high = -Infinity;
  for (const one of history) {
    if (one.value < low) low = one.value;
    if (one.value > high) high = one.value;
  }
  const range = high > low ? high - low : 1, step = 234 / (history.length - 1);
  let points = '', x = '', y = '';
  history.forEach((one, i) => {
    x = (3 + step * i).toFixed(1);
    y = (29 - ((one.value - low) / range) * 26).toFixed(1);
    points += `${points ? ' ' : ''}${x},${y}`;
  });
  const first = history[0], last = history.at(-1);
  return `<svg class="spark" viewBox="0 0 240 32" role="img" aria-label="${period(first)} ${text(value(aim.indicator, first.value))};${period(last)} ${
    text(value(aim.indicator, last.value))}"><polyline points="${points}" fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round"></polyline><circle cx="${
    x}" cy="${y}" r="2.6" fill="currentColor"></circle></svg>`;
};

const tile = (places, card) => {
  const { aim } = card;
  const rating = card.rating !== 'no_data' || card.actual ? badge(card) : aim.soft ? soft : '';
  return `<li><article class="tile ${tones[card.rating]}"><h3><a href="/indicators/${aim.indicator.code}">${text(aim.indicator.name_zh)}</a></h3>${
    card.actual ? figure(card) : instead(places, card)}${spark(card)}<p class="tile-meta"><span>${rating}</span><span>${
    card.actual && card.progress !== undefined ? `${percent(card.progress)} · ${period(card.actual)}` : ''
  }</span></p><p class="tile-meta"><span>${aim.year} 年目标：${text(goal(aim))}</span></p></article></li>`;
};

const isMain = ({ aim }) => aim.place.kind !== 'city' || aim.indicator.code === 'I03b';

export const cockpit = (reference, visitor, asked) => {
  const code = reference.aims.has(asked) ? asked : defaultPlan;
  const { aims, figures } = reference.aims.get(code), places = reference.placeByCode;
  const cards = makeCards(aims, reference.places, figures.all());
  const main = cards.filter(isMain);
  const chips = [...reference.aims.keys()].map((plan) => `<li><a href="${plan === defaultPlan ? '/' : `/?plan=${plan}`}"${
    plan === code ? ' aria-current="page"' : ''}>${planNames[plan] ?? text(plan)}</a></li>`).join('');
  const sections = topics.map(([topic, name]) => {
    const tiles = main.filter((card) => card.aim.indicator.topic === topic).map((card) => tile(places, card)).join('');
    return tiles && `<section><h2>${name}</h2><ul class="tiles">${tiles}</ul></section>`;
  }).join('');
  const head = { title: planNames[code] ?? code, lead: '各项指标的目标、实际与来源，一图可见；没有数据的如实标明。', feed: '/feed.atom' };
  return page(head, visitor, '/', `<ul class="chips">${chips}</ul>${summary(main)}<div class="split"><section class="card"><h2>自创区地图</h2>${
    map(places)}</section><section class="card"><h2>三市三谷</h2>${cities(places, cards)}</section></div>${
    sections}<p class="hint">点击指标可查看定义、公式、数据、版本、来源和审核人。 <a href="/data">开放数据</a> · <a href="/feed.atom">最新变化（Atom）</a></p>`);
};
