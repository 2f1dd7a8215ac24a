// What each indicator means and how it is computed. The plan names its indicators without defining them; the
// definitions are those of the statistics it draws on, in short form.

export const units = { rank: '位', '% of province': '%' };

const one = (series_code, unit, unit_en, topic, decimals, definition_zh, definition_en, formula_zh, formula_en, more = {}) =>
  ({ series_code, unit, unit_en, topic, decimals, definition_zh, definition_en, formula_zh, formula_en, ...more });

const rankZh = '科技部(火炬中心)年度国家高新区综合评价中的全国位次,数值越小越好。';
const rankEn = 'Place among all national high-tech zones in the yearly national evaluation; a smaller number is better.';
const rankFormulaZh = '完成度 =(基期位次 − 实际位次)÷(基期位次 − 目标位次)';
const rankFormulaEn = 'Progress = (base rank − actual rank) ÷ (base rank − target rank)';
const share = ['完成度 = 实际值 ÷ 目标值', 'Progress = actual ÷ target'];

export const planIndicators = {
  I01: one('', '个', 'teams', 'environment', 0, '计划期内新引进的高端创新团队累计数。', 'High-end innovation teams newly introduced during the plan, cumulative.', ...share),
  I02: one('', '个', 'teams', 'environment', 0, '新引进高端创新团队中的国际顶尖创新团队累计数(包含在上一指标内)。', 'International top teams among the teams newly introduced, cumulative (part of the indicator above).', ...share),
  I03: one('', '个', 'institutions', 'environment', 0, '计划期内获得扶持的新型研发机构累计数。', 'New-type research institutions supported during the plan, cumulative.', ...share),
  I03b: one('', '个', 'items', 'environment', 0, '株洲引进的新兴产业项目和研发机构累计数,目标为区间值。', 'Emerging-industry projects and research institutions brought to Zhuzhou, cumulative; the target is a range.', '落在区间内即为完成', 'Reached when the value lies in the range'),
  I04: one('patent_density', '件/万人', 'per 10,000 residents', 'environment', 2, '有效发明专利数与常住人口(万人)之比;跨市汇总须用合计数相除。', 'Valid invention patents per 10,000 residents; pooled over cities as sum over sum.', 'Σ有效发明专利 ÷ Σ常住人口(万人);完成度 = 实际值 ÷ 目标值', 'Σ valid invention patents ÷ Σ residents (10,000); progress = actual ÷ target', { numerator_code: 'valid_invention_patents', denominator_code: 'resident_population', factor: 1 }),
  I05: one('patent_density', '%', '%', 'environment', 1, '每万人有效发明专利拥有量相对基期的年均复合增长率。', 'Compound yearly growth of valid invention patents per 10,000 residents since the base year.', '(期末值 ÷ 基期值)^(1 ÷ 年数) − 1', '(final ÷ base)^(1 ÷ years) − 1'),
  I06: one('patent_pledge_amount', '%', '%', 'environment', 1, '专利权质押融资额度相对基期的年均复合增长率;三年 30% 相当于 2.197 倍。', 'Compound yearly growth of patent-pledge finance since the base year; 30 % over three years is 2.197 times.', '(期末值 ÷ 基期值)^(1 ÷ 年数) − 1', '(final ÷ base)^(1 ÷ years) − 1'),
  I07: one('rd_intensity', '%', '%', 'input', 2, '研究与试验发展(R&D)经费投入占地区生产总值的比重。', 'Research and development expenditure as a share of GDP.', 'R&D 经费 ÷ 地区生产总值 × 100;完成度 = 实际值 ÷ 目标值', 'R&D expenditure ÷ GDP × 100; progress = actual ÷ target'),
  I08: one('tech_income', '亿元', 'hundred million yuan', 'performance', 1, '技术收入、产品销售收入、商品销售收入等之和(当年值)。', 'Revenue from technology, products and trade in the year.', ...share),
  I09: one('hte_count', '家', 'enterprises', 'performance', 0, '期末有效的经认定高新技术企业数。', 'Recognised high-tech enterprises valid at the end of the period.', ...share),
  I10: one('hightech_va_share', '%', '%', 'performance', 2, '高新技术产业增加值占地区生产总值的比重。', 'Value added of high-tech industry as a share of GDP.', '高新技术产业增加值 ÷ 地区生产总值 × 100;完成度 = 实际值 ÷ 目标值', 'High-tech value added ÷ GDP × 100; progress = actual ÷ target'),
  I11: one('', '%', '%', 'performance', 1, '科技进步对经济增长的贡献份额,由统计部门测算。', 'Share of economic growth attributed to science and technology progress, as estimated by the statistics authority.', ...share),
  I12: one('htz_rank', '位', 'place', 'competitiveness', 0, rankZh, rankEn, rankFormulaZh, rankFormulaEn),
  I13: one('htz_rank', '位', 'place', 'competitiveness', 0, rankZh, rankEn, rankFormulaZh, rankFormulaEn),
  I14: one('htz_rank', '位', 'place', 'competitiveness', 0, rankZh, rankEn, rankFormulaZh, rankFormulaEn),
  I15: one('', '个', 'clusters', 'competitiveness', 0, '产值达到千亿元级的创新型产业集群数:工程机械、轨道交通、智能制造、新材料、新一代信息技术。', 'Innovative clusters of 100 billion yuan: construction machinery, rail transit, intelligent manufacturing, new materials, next-generation information technology.', ...share),
  I16: one('', '个', 'clusters', 'competitiveness', 0, '“一批”百亿级创新型产业集群:移动互联网、文化创意、绿色建筑、北斗卫星导航应用、节能环保、高技术服务、生物健康。计划未给出数量。', '“A batch” of 10-billion-yuan clusters: mobile internet, culture and creativity, green building, BeiDou applications, energy saving, high-tech services, bio-health. The plan gives no number.', '名单类指标,不计算完成度', 'A list: no progress is computed'),
};

const s = (code, name_zh, name_en, unit, unit_en, kind, direction, decimals, definition_zh, definition_en, more = {}) =>
  ({ code, series_code: '', name_zh, name_en, unit, unit_en, kind, direction, topic: 'series', decimals, definition_zh, definition_en, formula_zh: '', formula_en: '', ...more });

export const series = [
  s('patent_density', '每万人有效发明专利拥有量', 'Valid invention patents per 10,000 residents', '件/万人', 'per 10,000 residents', 'stock_ratio', 'up', 2, '有效发明专利数 ÷ 常住人口(万人)。官方统计表沿用滞后的人口数,因此与分母一并保存。', 'Valid invention patents ÷ residents (10,000). Official tables use a lagged population, so the denominator is kept with the value.', { numerator_code: 'valid_invention_patents', denominator_code: 'resident_population', factor: 1, formula_zh: 'Σ有效发明专利 ÷ Σ常住人口(万人)', formula_en: 'Σ valid invention patents ÷ Σ residents (10,000)' }),
  s('valid_invention_patents', '有效发明专利', 'Valid invention patents', '件', 'patents', 'stock', 'up', 0, '期末处于有效状态的发明专利数。', 'Invention patents in force at the end of the period.'),
  s('resident_population', '常住人口', 'Resident population', '万人', '10,000 people', 'stock', 'up', 2, '官方专利统计表所用的常住人口。', 'Resident population as used by the official patent tables.'),
  s('htz_rank', '国家高新区全国综合排名', 'National rank of a high-tech zone', '位', 'place', 'rank', 'down', 0, '年度国家高新区综合评价中的全国位次,数值越小越好。', 'Place among all national high-tech zones in the yearly evaluation; a smaller number is better.'),
  s('tech_income', '技工贸总收入', 'Revenue from technology, industry and trade', '亿元', 'hundred million yuan', 'flow', 'up', 1, '技术收入、产品销售收入、商品销售收入等之和(当年值)。', 'Revenue from technology, products and trade in the year.'),
  s('hte_share', '高新技术企业数占全省比重', 'Share of the province’s high-tech enterprises', '%', '%', 'ratio', 'up', 2, '自创区高新技术企业数占全省的比重。', 'High-tech enterprises of the zone as a share of the province.'),
  s('rd_intensity', 'R&D 经费投入占地区生产总值比重', 'R&D expenditure as a share of GDP', '%', '%', 'ratio', 'up', 2, '研究与试验发展经费投入占地区生产总值的比重。', 'Research and development expenditure as a share of GDP.'),
  s('hte_count', '高新技术企业数', 'High-tech enterprises', '家', 'enterprises', 'stock', 'up', 0, '期末有效的经认定高新技术企业数。', 'Recognised high-tech enterprises valid at the end of the period.'),
  s('tech_contract_value', '技术合同成交额', 'Technology contract value', '亿元', 'hundred million yuan', 'flow', 'up', 2, '经认定登记的技术合同成交总额(当年值)。', 'Total value of registered technology contracts in the year.'),
  s('tech_contract_count', '技术合同数', 'Technology contracts', '项', 'contracts', 'flow', 'up', 0, '经认定登记的技术合同项数(当年值)。', 'Registered technology contracts in the year.'),
  s('tech_trade_value', '技术交易额', 'Technology trade value', '亿元', 'hundred million yuan', 'flow', 'up', 2, '技术合同成交总额扣除购置设备、材料等费用后的技术交易额。', 'Technology contract value without goods and materials.'),
  s('tech_contract_share', '技术合同成交额占全省比重', 'Share of the province’s technology contract value', '%', '%', 'ratio', 'up', 2, '三市技术合同成交额占全省的比重。', 'Technology contract value of the three cities as a share of the province.'),
  s('tech_contract_to_gdp', '技术合同成交额占地区生产总值比重', 'Technology contract value as a share of GDP', '%', '%', 'ratio', 'up', 2, '技术合同成交额占地区生产总值的比重。', 'Technology contract value as a share of GDP.'),
  s('patent_pledge_amount', '专利权质押融资额', 'Patent-pledge finance', '亿元', 'hundred million yuan', 'flow', 'up', 2, '以专利权质押获得的融资额(当年值)。', 'Finance obtained by pledging patents in the year.'),
  s('hightech_value_added', '高新技术产业增加值', 'High-tech value added', '亿元', 'hundred million yuan', 'flow', 'up', 2, '高新技术产业增加值(当年值)。', 'Value added of high-tech industry in the year.'),
  s('hightech_va_share', '高新技术产业增加值占地区生产总值比重', 'High-tech value added as a share of GDP', '%', '%', 'ratio', 'up', 2, '高新技术产业增加值占地区生产总值的比重。', 'Value added of high-tech industry as a share of GDP.'),
  s('national_platforms', '高水平国家级科技创新平台', 'High-level national innovation platforms', '家', 'platforms', 'stock', 'up', 0, '期末国家级科技创新平台数。', 'National innovation platforms at the end of the period.'),
  s('tech_sme_count', '科技型中小企业数', 'Technology SMEs', '家', 'enterprises', 'stock', 'up', 0, '期末入库科技型中小企业数。', 'Registered technology SMEs at the end of the period.'),
  s('talent_new', '每年新增省级以上高层次科技创新人才', 'New high-level talents a year', '人', 'people', 'flow', 'up', 0, '当年新增省级以上高层次科技创新人才数。', 'High-level science and technology talents of provincial rank or above added in the year.'),
];

// Names that read better than those of the facts.
export const englishNames = {
  I02: 'International top teams (of those)', I05: 'Yearly growth of patents per 10,000 residents',
  I06: 'Yearly growth of patent-pledge finance', I07: 'R&D expenditure as a share of GDP', I09: 'Recognised high-tech enterprises',
  I10: 'High-tech value added as a share of GDP', I11: 'Contribution of science and technology to growth',
  I12: 'National rank of Changsha High-Tech Zone', I13: 'National rank of Zhuzhou High-Tech Zone',
  I14: 'National rank of Xiangtan High-Tech Zone',
};
