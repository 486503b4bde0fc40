import { emsError } from './envelope.js';

/**
 * Postage by province and weight. Bands follow the public domestic EMS price list's shape (first 500 g, then each further
 * 500 g, by distance); the amounts are for trials, a contract has its own.
 */

const provinces = [
  '北京',
  '天津',
  '河北',
  '山西',
  '内蒙古',
  '辽宁',
  '吉林',
  '黑龙江',
  '上海',
  '江苏',
  '浙江',
  '安徽',
  '福建',
  '江西',
  '山东',
  '河南',
  '湖北',
  '湖南',
  '广东',
  '广西',
  '海南',
  '重庆',
  '四川',
  '贵州',
  '云南',
  '西藏',
  '陕西',
  '甘肃',
  '青海',
  '宁夏',
  '新疆',
  '台湾',
  '香港',
  '澳门',
  // Not on any map: the province of trial data, so that a trial names no real place.
  '榕江',
];
const far: ReadonlySet<string> = new Set(['西藏', '新疆', '青海', '内蒙古']);

/** @param text a province's name or a whole address beginning with it */
export function provinceOf(text: string): string | undefined {
  return provinces.find((name) => text.trim().startsWith(name));
}

export function postageFen(fromProvince: string, toProvince: string, weightGram: number): number {
  const steps = Math.max(0, Math.ceil(weightGram / 500) - 1);
  if (fromProvince === toProvince) return 1200 + steps * 200;
  if (far.has(fromProvince) || far.has(toProvince)) return 2300 + steps * 1500;
  return 2000 + steps * 600;
}

export function provinceOrRefuse(text: string, path: string): string {
  const found = provinceOf(text);
  if (found === undefined) throw emsError('FIELD', `${path} 无法识别省份`);
  return found;
}
