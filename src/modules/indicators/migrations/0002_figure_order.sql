drop index indicators_observation_figure;
create index indicators_observation_figure on indicators_observation
    (state, indicator, place, period_end desc, period_start, vintage desc, revision desc, id desc);
