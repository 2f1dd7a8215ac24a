// What is read from sangu's own database file, with prepared statements. Definitions, places, targets, plans and sections
// are kept in memory until the heads of the audit log or of the feed have moved; session, grants, figures, tasks and unread
// notices are read for every page, all of them in one snapshot.
import Database from 'better-sqlite3';
import { makeAims } from './board.mjs';

const groupBy = (all, keyOf) => {
  const groups = new Map();
  for (const one of all) {
    const group = groups.get(keyOf(one));
    if (group) group.push(one);
    else groups.set(keyOf(one), [one]);
  }
  return groups;
};

export const openDatabase = (file) => {
  const db = new Database(file, { fileMustExist: true });
  db.pragma('mmap_size = 268435456');
  db.pragma('query_only = on');

  const state = db.prepare(`select a.sequence as audited, e.sequence as published
    from kernel_audit_head a, kernel_event_head e where a.id = 1 and e.id = 1`);
  const indicators = db.prepare('select * from indicators_indicator order by position, code limit 1000');
  const places = db.prepare('select code, kind, name_zh as name, path from registry_place order by position, path limit 1000');
  const targets = db.prepare('select * from indicators_target order by plan, indicator, place, year limit 20000');
  const plans = db.prepare('select code, title_zh as title from plan_plan order by year_from, code limit 200');
  const sections = db.prepare('select plan, code, number, title_zh as title from plan_section order by plan, position');
  const planWithTasks = db.prepare(`select p.code from plan_plan p
    where exists (select 1 from plan_task t where t.plan = p.code) order by p.year_from desc limit 1`).pluck();
  const hasFigures = db.prepare(`select 1 from indicators_observation where state = 'published' and indicator = ? limit 1`).pluck();
  const figuresOf = (series) => db.prepare(`select indicator, place, period_kind, period, period_start, period_end, as_of,
    value, numerator, denominator, approximate from indicators_observation
    where state = 'published' and known_on <= '9999-12-31' and indicator in (${series.map(() => '?').join()})
    order by indicator, place, period_end desc, period_start, vintage desc, revision desc, id desc limit 4001`)
    .raw().bind(series);

  let held = { audited: -1, published: -1 };
  const reference = () => {
    const now = state.get();
    if (now.audited === held.audited && now.published === held.published) return held;
    const allPlaces = places.all();
    const aims = makeAims(indicators.all(), allPlaces, targets.all());
    for (const plan of aims.values())
      plan.figures = figuresOf(plan.series.filter((series) => hasFigures.get(series)));
    held = {
      ...now,
      places: allPlaces,
      placeByCode: new Map(allPlaces.map((place) => [place.code, place])),
      aims,
      plans: new Map(plans.all().map((plan) => [plan.code, plan])),
      sections: groupBy(sections.all(), (section) => section.plan),
      planWithTasks: planWithTasks.get(),
    };
    return held;
  };

  const session = db.prepare(`select a.id, a.name, g.role, g.scope
    from kernel_session s join kernel_account a on a.id = s.account_id join kernel_credential c on c.account_id = a.id
    left join kernel_role_grant g on g.account_id = a.id and g.valid_from <= ? and (g.valid_to is null or g.valid_to > ?)
    where s.id = ? and s.last_seen_at > ? and s.started_at > ? and a.state = 'active' limit 200`).raw();
  const unread = db.prepare(`select count(*) from
    (select 1 from notices_entry where account_id = ? and read_at is null limit 100) as unread`).pluck();
  const tasks = db.prepare(`select id, code, section, title_zh, places, lead_unit, scope, due, state, percent
    from plan_task where plan = ? order by position limit 2000`).raw();

  return {
    reference,
    session: (...parameters) => session.all(...parameters),
    unread: (account) => unread.get(account),
    tasks: (plan) => tasks.all(plan),
    inOneSnapshot: (work) => db.transaction(work),
  };
};
