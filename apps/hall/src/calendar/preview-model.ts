import type { PlannedSlot, PreviewDay } from '@haoban/contracts';

export interface SlotMark {
  /** For the eye, beside the colour. */
  readonly sign: string;
  readonly word: string;
}

export const slotMarks: Record<PlannedSlot['change'], SlotMark> = {
  same: { sign: '', word: '' },
  new: { sign: '＋', word: '新增' },
  changed: { sign: '±', word: '名额变动' },
  gone: { sign: '－', word: '取消' },
};

export interface PreviewRow {
  readonly day: PreviewDay;
  readonly slots: number;
  readonly places: number;
  /** Only what differs, by time; empty where the day stays as it is. */
  readonly differing: readonly PlannedSlot[];
  readonly summary: string;
}

export function previewRow(day: PreviewDay): PreviewRow {
  const then = day.slots.filter(({ change }) => change !== 'gone');
  const differing = day.slots.filter(({ change }) => change !== 'same');
  const places = then.reduce((sum, { internal }) => sum + internal, 0);
  return {
    day,
    slots: then.length,
    places,
    differing,
    summary: summaryOf(day, then.length, places, differing),
  };
}

/** '09:00 3+1' is short for the eye; this is the same in words. */
export function slotName({ start, end, public: open, green, internal, taken, change }: PlannedSlot): string {
  const parts = [`公开 ${open}`, ...(green > 0 ? [`绿色通道 ${green}`] : []), `共 ${internal}`];
  const { word } = slotMarks[change];
  return [
    ...(word ? [word] : []),
    `${start}–${end}`,
    parts.join('、'),
    ...(taken > 0 ? [`已约 ${taken}`] : []),
  ].join(' ');
}

function summaryOf(
  day: PreviewDay,
  slots: number,
  places: number,
  differing: readonly PlannedSlot[],
): string {
  const now = slots > 0 ? `${slots} 个时段 ${places} 个名额` : (day.note ?? '不放号');
  if (differing.length === 0) return now;
  const changes = (['new', 'changed', 'gone'] as const).flatMap((change) => {
    const count = differing.filter((slot) => slot.change === change).length;
    return count > 0 ? [`${slotMarks[change].word} ${count}`] : [];
  });
  return `${now}，${changes.join('、')}`;
}
