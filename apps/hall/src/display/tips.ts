/** 文明提示, one at a time. */
export const tips = [
  '过号不用急：在手机上点“重新排队”，或告诉任何一个窗口',
  '老年人、残疾人、孕妇、军人可以走绿色通道，请到咨询台',
  '请保管好身份证和随身物品，照看好孩子',
  '请小声交谈，手机调成静音',
  '证照可以寄到家：办结后在手机上选“EMS 寄到家”',
  '轮椅、老花镜、雨伞可以在咨询台借用',
] as const;

const SHOWN_MS = 20_000;

export function tipAt(now: Date): string {
  return tips[Math.floor(now.getTime() / SHOWN_MS) % tips.length] ?? tips[0];
}
