import type { EntryCode } from '@haoban/contracts';

/** One of the three steps at the foot of the code: what to do in a few characters, and a word on how. */
export interface Step {
  readonly title: string;
  readonly note: string;
}

export interface PosterWords {
  /** Small, above the title. */
  readonly over: string;
  readonly title: string;
  /** Below the title; empty where the title says it all. */
  readonly under: string;
  /** Above the code: what scanning it is good for. */
  readonly call: string;
  readonly steps: readonly [Step, Step, Step];
  /** Line by line. */
  readonly help: readonly string[];
  /** To tell two posters apart on the phone. */
  readonly number: string;
}

const scan: Step = { title: '微信扫一扫', note: '对准上面的码' };
const pickTime: Step = { title: '选日期时间', note: '能看到还剩几个号' };
const pickMatter: Step = { title: '选要办的事', note: '约时间或马上取号' };
const come: Step = { title: '按时来签到', note: '手机签到，听叫号' };
const beCalled: Step = { title: '留意叫号', note: '快到您时手机提醒' };

/** What a poster says, by what its code is for. */
export function posterWords({ kind, hallName, title, subtitle, scene }: EntryCode): PosterWords {
  const rest = { title, help: ['不会用手机？', '到咨询台，我们帮您办。'], number: `海报编号 ${scene}` };
  switch (kind) {
    case 'item': {
      const under = subtitle ?? '';
      return { ...rest, over: hallName, under, call: '扫码预约，到了就办', steps: [scan, pickTime, come] };
    }
    case 'hall':
      return {
        ...rest,
        over: '政务服务',
        under: '预约 · 取号 · 查进度',
        call: '扫码预约，少排队',
        steps: [scan, pickMatter, beCalled],
      };
    case 'window':
      return {
        ...rest,
        over: hallName,
        under: subtitle ?? '',
        call: '扫码预约或取号',
        steps: [scan, pickMatter, beCalled],
      };
  }
}

/** The name of the file, without what file systems refuse. */
export function posterFileName({ hallName, title, kind }: EntryCode): string {
  const name = kind === 'hall' ? hallName : `${hallName} ${title}`;
  return `预约码 ${name.replace(/[\\/:*?"<>|]/g, '')}.pdf`;
}
