-- The cockpit and the pages of a plan read their figures from this index alone.
drop index indicators_observation_figure;
create index indicators_observation_figure on indicators_observation
    (state, indicator, place, period_end desc, period_start, vintage desc, revision desc, id desc, known_on, period_kind,
    period, as_of, value, numerator, denominator, approximate, status);
