import { mod11Radix2 } from '@haoban/domain';
import type { DemoNeighbour } from './types.js';

/** `359901` and the like are not allotted, 154 is no operator's number: as with the residents, nobody has these. */
const neighbour = (
  serial: number,
  key: string,
  name: string,
  region: string,
  born: string,
  order: string,
): DemoNeighbour => {
  const body = `${region}${born}${order}`;
  return {
    key,
    name,
    idNumber: body + mod11Radix2(body),
    mobile: `154005920${String(serial).padStart(2, '0')}`,
    elderMode: false,
  };
};

/** Others who use the halls. Nobody signs in as one of them: they take the places that residents would like to have. */
export const neighbours: readonly DemoNeighbour[] = [
  neighbour(1, 'ye-meiling', '叶美玲', '359901', '19840317', '062'),
  neighbour(2, 'fang-zhiming', '方志明', '359902', '19760825', '071'),
  neighbour(3, 'deng-xiaoyan', '邓晓燕', '359901', '19900611', '084'),
  neighbour(4, 'su-jianhua', '苏建华', '359903', '19690102', '013'),
  neighbour(5, 'luo-yuqin', '罗玉琴', '359902', '19811129', '046'),
  neighbour(6, 'pan-haitao', '潘海涛', '359901', '19871008', '035'),
  neighbour(7, 'jiang-min', '江敏', '359902', '19930422', '028'),
  neighbour(8, 'qiu-weidong', '邱卫东', '359903', '19720716', '057'),
  neighbour(9, 'ruan-shaofang', '阮少芳', '359901', '19790530', '064'),
  neighbour(10, 'wei-zhenhua', '魏振华', '359902', '19850909', '031'),
  neighbour(11, 'lai-xueying', '赖雪莹', '359901', '19951213', '022'),
  neighbour(12, 'tang-guorong', '汤国荣', '359903', '19740206', '079'),
  neighbour(13, 'zhuang-lijun', '庄丽君', '359902', '19880719', '043'),
  // Deal in used cars, and in the times to transfer them.
  neighbour(14, 'shi-yonggang', '石永刚', '359901', '19820504', '015'),
  neighbour(15, 'tu-xiaolong', '涂小龙', '359902', '19940128', '037'),
];
