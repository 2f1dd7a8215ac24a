// The words and dates that plan-facts.json does not carry: places, days of publication (from the addresses
// and titles of the sources; the last day of the
// month where only that is known, empty where nothing is), notes in both languages.

export const placeCodes = {
  zone: 'zone', changsha: 'changsha', zhuzhou: 'zhuzhou', xiangtan: 'xiangtan', hunan: 'hunan', changsha_htz: 'changsha_htz',
  zhuzhou_htz: 'zhuzhou_htz', xiangtan_htz: 'xiangtan_htz', 'three cities': 'three_cities', 'three cities pooled': 'three_cities',
  'hunan 43 HTZ': 'hunan_htz', 'hunan 44 HTZ': 'hunan_htz',
};

export const placeNotes = {
  'hunan 43 HTZ': ['全省 43 家高新区', '43 high-tech zones'], 'hunan 44 HTZ': ['全省 44 家高新区', '44 high-tech zones'],
};

export const published = {
  SEED: '2017-04-06', P2020: '2020-12-22', P2024: '2024-02-02', REG: '2020-03-31', ZZ2018: '2018-04-11', HN2021: '2021-01-11',
  TC2019: '2020-01-05', TC2020: '2021-01-10', TCXT: '2021-06-07', PAT2018: '2019-03-28', PAT2020: '2020-12-21',
  PAT2021: '2021-03-24', PAT2025: '2025-09-30', ZZ2020: '2020-01-14', CS2018: '2018-04-20', CS145: '2025-12-05',
  XJ2025: '2025-12-02', HTZRPT20: '2021-01-06', HTZRPT21: '2021-12-17',
};

export const sourceEnglish = {
  SEED: 'Three-year action plan for the zone (2017–2019), Hunan provincial government office [2017] No. 15',
  P2020: 'Three-year action plan (2020–2022), Hunan provincial government office [2020] No. 54',
  P2024: 'Action plan for upgrading the zone, 2024', OUTLINE: 'Development plan outline of the zone (2015–2025)',
  REG: 'Hunan regulation on the Chang-Zhu-Tan innovation zone, 2020',
  HTZ2016: 'Ministry of Science and Technology: yearly evaluation of national high-tech zones (Hunan)',
  ZZ2018: 'Provincial science department: Zhuzhou High-tech Zone, 11 April 2018',
  HN2021: 'Hunan’s science and innovation strength grows markedly, 11 January 2021',
  TC2017: 'Hunan technology contracts pass 20 billion yuan in 2017',
  TC2019: 'Hunan technology contracts 2019 up by over 70 %, 5 January 2020',
  TC2020: 'Hunan Daily, 10 January 2021: contracts pass 70 billion yuan',
  TCXT: 'Xiangtan technology contracts third in growth in the province, 2021',
  PAT2018: 'Hunan Daily, 28 March 2019: patent density of Changsha',
  PAT2020: 'Valid invention patents in Hunan, November 2020 (official table)',
  PAT2021: 'Valid invention patents in Hunan, February 2021 (official table)',
  PAT2025: 'Valid invention patents in Hunan, July 2025 (official table)',
  ZZ2020: 'Zhuzhou science and innovation conference, 14 January 2020',
  CS2018: 'Changsha Evening News, 20 April 2018: Changsha science data',
  CS145: 'Changsha Evening News, 5 December 2025: the five-year record',
  XJ2025: 'China News Service, 2 December 2025: Xiangjiang New Area',
  HTZRPT20: 'Report on the performance of Hunan’s high-tech zones, 2020',
  HTZRPT21: 'Report on the performance of Hunan’s high-tech zones, 2021', HN2023: 'Hunan in brief, 2024 edition',
  HT2023: 'Hunan in brief: high-tech industry 2023', XT2022: 'Xiangtan 58th among national innovative cities',
  IP2018: 'Plan for an innovative province Hunan, [2018] No. 35', CZT5Y: 'Five-year action plan for Chang-Zhu-Tan integration (2021–2025)',
};

export const notes = {
  '2.12万亿; x2.26 growth over 2014; target 18000': ['原文 2.12 万亿元,为 2014 年的 2.26 倍', 'Source says 2.12 trillion yuan, 2.26 times the 2014 figure'],
  '2.1万亿': ['原文 2.1 万亿元', 'Source says 2.1 trillion yuan'],
  '23983 patents': ['有效发明专利 23983 件', '23,983 valid invention patents'],
  '30.3-3.2': ['由 2018 年 30.3 减去增量 3.2 推算', 'Computed: 30.3 in 2018 less the increase of 3.2'],
  '490.69/1.7421': ['由 2019 年 490.69 亿元按增长 74.21% 推算', 'Computed: 490.69 in 2019 at a growth of 74.21 %'],
  '8500+': ['原文为 8500 家以上', 'Source says more than 8,500'],
  'R&D 787.16亿元': ['R&D 经费 787.16 亿元', 'R&D expenditure 78.716 billion yuan'],
  'denominator used by the official table': ['官方统计表采用的分母', 'Denominator used by the official table'],
  expected: ['预计数', 'Expected figure'],
  'first in province': ['全省第一', 'First in the province'],
  'latest available at 2025-12': ['截至 2025 年 12 月的最新数', 'Latest figure available in December 2025'],
  'report of 2023 data; another page gives 2.41% for 2022': ['2023 年数据;另一页面给出 2022 年为 2.41%', '2023 data; another page gives 2.41 % for 2022'],
  'sum of patents / sum of population - never average the three ratios': ['合计专利数除以合计人口,不取三市平均', 'Sum of patents over sum of population, never the mean of the three ratios'],
  'text says up 7 places over 2021-2025': ['原文称 2021—2025 年提升 7 位', 'Source says up 7 places over 2021–2025'],
  'up 5 places; 2019 target of 26 already beaten': ['提升 5 位,已优于 2019 年第 26 位的目标', 'Up 5 places; already better than the 2019 target of 26'],
  'up more than 30% year on year': ['同比增长 30% 以上', 'Up more than 30 % on the year before'],
  'valid HTEs': ['有效高新技术企业', 'Valid high-tech enterprises'],
  '2016 evaluation': ['2016 年度评价', '2016 evaluation'],
  '2018 (published 2019)': ['2019 年公布', 'Published in 2019'],
  '2017 report': ['2017 年度评价报告', '2017 evaluation report'],
  '2025 (14th FYP report)': ['“十四五”总结报道', 'Report on the 14th five-year plan'],
};

export const successorCodes = {
  高水平国家级科技创新平台: 'national_platforms', 每万人有效发明专利拥有量: 'patent_density', 技工贸总收入: 'tech_income',
  技术合同成交额: 'tech_contract_value', 高新技术企业数量: 'hte_count', 科技型中小企业数量: 'tech_sme_count',
  高新技术产业增加值: 'hightech_value_added', 每年新增省级以上高层次科技创新人才: 'talent_new',
};
