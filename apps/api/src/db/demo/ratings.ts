import type { DemoRatingLevel } from './types.js';

/** The five levels are fixed by 国办发〔2019〕51号; the last two count as 差评. The tags are the city's own. */
export const ratingLevels: readonly DemoRatingLevel[] = [
  {
    level: 5,
    name: '非常满意',
    tags: ['服务热情耐心', '业务熟练', '办得比承诺快', '一次就办好', '不用重复交材料', '引导清楚'],
  },
  { level: 4, name: '满意', tags: ['态度好', '讲解清楚', '按时办结', '材料要求明确', '等候时间合理'] },
  { level: 3, name: '基本满意', tags: ['等候稍长', '指引不够清楚', '流程可以再简化', '网上填报不太方便'] },
  {
    level: 2,
    name: '不满意',
    tags: ['等候时间过长', '未一次性告知', '要求额外材料', '多跑了一趟', '业务不熟练', '解答不清楚'],
  },
  {
    level: 1,
    name: '非常不满意',
    tags: ['态度生硬', '推诿拖延', '超过承诺时限', '无故拒绝受理', '违规收费', '多次往返仍未办成'],
  },
];
