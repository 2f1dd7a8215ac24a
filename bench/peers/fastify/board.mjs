// Aims and cards of a plan: which figures count, progress, required path, rating. The same rules as
// src/modules/indicators/{board,rules}.cpp. Days are ISO texts: they compare as they are.

const threeCities = 'three_cities';
const dayNumber = (day) => Date.parse(day) / 86_400_000;
const yearEnd = (year) => `${year}-12-31`;
const lowerIsBetter = (aim) => aim.kind === 'rank' || aim.direction === 'down' || aim.comparator === 'at_most';

const requiredPath = (aim, yearly) => {
  if (aim.value === null || aim.comparator === 'list' || aim.kind === 'cagr') return [];
  const fixed = [];
  if (aim.base !== null && aim.baseYear) fixed.push({ year: aim.baseYear, value: aim.base });
  else if (aim.kind === 'cumulative_count') fixed.push({ year: aim.fromYear - 1, value: 0 });
  for (const one of yearly)
    if (one.year < aim.year && (fixed.length === 0 || one.year > fixed.at(-1).year)) fixed.push(one);
  if (fixed.length === 0 || fixed.at(-1).year >= aim.year) return [];
  fixed.push({ year: aim.year, value: aim.value });
  const path = [fixed[0]];
  for (let i = 1; i < fixed.length; i++) {
    const a = fixed[i - 1], b = fixed[i];
    for (let year = a.year + 1; year < b.year; year++) {
      const share = (year - a.year) / (b.year - a.year);
      path.push({ year, value: aim.byGrowth && a.value > 0 && b.value > 0
        ? a.value * (b.value / a.value) ** share : a.value + (b.value - a.value) * share });
    }
    path.push(b);
  }
  return path;
};

const requiredOn = (path, day, byGrowth) => {
  for (let i = 1; i < path.length; i++) {
    const a = yearEnd(path[i - 1].year), b = yearEnd(path[i].year);
    if (day < a || b < day) continue;
    const share = (dayNumber(day) - dayNumber(a)) / (dayNumber(b) - dayNumber(a));
    const from = path[i - 1].value, to = path[i].value;
    return byGrowth && from > 0 && to > 0 ? from * (to / from) ** share : from + (to - from) * share;
  }
  return undefined;
};

const makeAim = (indicator, place, ofYears) => {
  const target = ofYears.at(-1);
  const aim = {
    indicator, place, target,
    series: indicator.series_code || indicator.code,
    kind: indicator.kind, direction: indicator.direction, comparator: target.comparator,
    value: target.value, valueTo: target.value_to, base: target.base_value, baseYear: target.base_year ?? 0,
    fromYear: target.from_year, year: target.year, soft: Boolean(target.soft),
    byGrowth: Boolean(target.growth_percent) && target.base_value > 0,
    firstDay: `${target.from_year}-01-01`, lastDay: yearEnd(target.year),
  };
  aim.lowerIsBetter = lowerIsBetter(aim);
  aim.path = requiredPath(aim, ofYears.slice(0, -1).filter((one) => one.value !== null));
  return aim;
};

// code of the plan → { aims in the order of the indicators and places, series }
export const makeAims = (indicators, places, targets) => {
  const groups = new Map();
  for (const target of targets) {
    const key = `${target.plan} ${target.indicator} ${target.place}`;
    if (groups.has(key)) groups.get(key).push(target);
    else groups.set(key, [target]);
  }
  const plans = new Map([...new Set(targets.map((target) => target.plan))].map((plan) => [plan, { aims: [], series: [] }]));
  for (const [code, plan] of plans) {
    for (const indicator of indicators)
      for (const place of places) {
        const ofYears = groups.get(`${code} ${indicator.code} ${place.code}`);
        if (ofYears) plan.aims.push(makeAim(indicator, place, ofYears));
      }
    plan.series = [...new Set(plan.aims.map((aim) => aim.series))];
  }
  return plans;
};

const byMoment = (a, b) => (a.moment < b.moment ? -1 : a.moment > b.moment ? 1 : 0);

// Rows in the order of the query → figures by "series place", oldest first, the newest vintage of each period.
const figuresByPlace = (rows) => {
  const groups = new Map();
  let last;
  for (const [indicator, place, kind, period, start, end, asOf, value, numerator, denominator, approximate] of rows) {
    if (last && last.end === end && last.start === start && last.place === place && last.indicator === indicator) continue;
    last = { indicator, place, kind, period, start, end, moment: asOf ?? end, value, numerator, denominator, approximate };
    const key = `${indicator} ${place}`;
    const group = groups.get(key);
    if (group) group.push(last);
    else groups.set(key, [last]);
  }
  for (const group of groups.values()) group.reverse().sort(byMoment);
  return groups;
};

const pooled = (aim, places, figures) => {
  if (!aim.indicator.numerator_code) return [];
  const cities = places.filter((place) => place.kind === 'city');
  const published = new Set((figures.get(`${aim.series} ${threeCities}`) ?? []).map((one) => `${one.start} ${one.end}`));
  const periods = new Map();
  for (const city of cities)
    for (const one of figures.get(`${aim.series} ${city.code}`) ?? []) {
      if (one.numerator === null || one.denominator === null) continue;
      const key = `${one.start} ${one.end}`;
      if (periods.has(key)) periods.get(key).push(one);
      else periods.set(key, [one]);
    }
  const result = [];
  for (const [period, parts] of periods) {
    if (parts.length !== cities.length || published.has(period)) continue;
    const numerator = parts.reduce((sum, part) => sum + part.numerator, 0);
    const denominator = parts.reduce((sum, part) => sum + part.denominator, 0);
    if (denominator <= 0) continue;
    result.push({ ...parts[0], place: threeCities, value: (aim.indicator.factor * numerator) / denominator });
  }
  return result;
};

// For an aim without figures of its own: the three cities together, else the newest of each city.
const related = (aim, places, figures) => {
  const result = [];
  for (const place of places) {
    if (place === aim.place || (place.kind !== 'city' && place.code !== threeCities)) continue;
    let history = figures.get(`${aim.series} ${place.code}`) ?? [];
    if (place.code === threeCities) {
      const computed = pooled(aim, places, figures);
      if (computed.length > 0) history = [...history, ...computed].sort(byMoment);
    }
    if (history.length > 0) result.push(history.at(-1));
  }
  return result.at(-1)?.place === threeCities ? result.slice(-1) : result;
};

const growth = (aim, series) => {
  const baseDay = yearEnd(aim.baseYear || aim.fromYear - 1);
  const base = aim.base ?? series.find((one) => one.end === baseDay)?.value;
  if (!(base > 0)) return [];
  return series.filter((one) => one.moment > baseDay && one.value > 0).map((one) => ({
    ...one, value: ((one.value / base) ** (365.2425 / (dayNumber(one.moment) - dayNumber(baseDay))) - 1) * 100 }));
};

const progressOf = (aim, actual) => {
  if (actual === undefined || aim.value === null || aim.comparator === 'list') return undefined;
  if (aim.comparator === 'range' && aim.valueTo !== null) {
    if (actual < aim.value) return aim.value !== 0 ? actual / aim.value : undefined;
    return actual > aim.valueTo && aim.valueTo !== 0 ? actual / aim.valueTo : 1;
  }
  if (aim.lowerIsBetter) {
    if (aim.base !== null && aim.base !== aim.value) return (aim.base - actual) / (aim.base - aim.value);
    return actual > 0 ? aim.value / actual : undefined;
  }
  return aim.value !== 0 ? actual / aim.value : undefined;
};

const satisfies = (aim, actual) => {
  if (aim.lowerIsBetter) return actual <= (aim.comparator === 'range' && aim.valueTo !== null ? aim.valueTo : aim.value);
  return actual >= aim.value;
};

const rate = (aim, actual) => {
  if (aim.comparator === 'list') return 'list';
  if (aim.value === null) return 'open';
  if (!actual) return 'no_data';
  if (satisfies(aim, actual.value)) return 'reached';
  if (actual.moment >= aim.lastDay) return 'missed';
  const required = requiredOn(aim.path, actual.moment, aim.byGrowth);
  if (required === undefined) return 'unrated';
  return (aim.lowerIsBetter ? actual.value <= required : actual.value >= required) ? 'on_track' : 'behind';
};

const isWholeYear = (figure) => dayNumber(figure.end) - dayNumber(figure.start) >= 364;

// A card for each aim: { aim, actual, later, history, related, progress, rating }.
export const makeCards = (aims, places, rows) => {
  const figures = figuresByPlace(rows);
  return aims.map((aim) => {
    let history = figures.get(`${aim.series} ${aim.place.code}`) ?? [];
    if (aim.kind === 'cagr') history = growth(aim, history);
    let actual, later;
    for (const one of history) {
      if (aim.kind === 'flow' && !isWholeYear(one)) continue;
      if (one.moment > aim.lastDay) later = one;
      else if (one.moment >= aim.firstDay) actual = one;
    }
    return {
      aim, actual, later, history,
      related: history.length === 0 && aim.kind !== 'cagr' ? related(aim, places, figures) : [],
      progress: progressOf(aim, actual?.value),
      rating: rate(aim, actual),
    };
  });
};
