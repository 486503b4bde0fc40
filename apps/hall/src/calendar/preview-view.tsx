import type { CalendarWarning, PlannedSlot, PreviewDay } from '@haoban/contracts';
import { formatDay } from '@haoban/domain';
import { Alert } from 'antd';
import { previewRow, slotMarks, slotName } from './preview-model.js';

/** The slots that come of a draft, day by day; days that stay as they are take one line. */
export function PreviewDays({ days }: { days: readonly PreviewDay[] }) {
  return (
    <ol className="preview-days">
      {days.map(previewRow).map(({ day, differing, summary }) => (
        <li key={day.day} className={differing.length > 0 ? 'preview-differs' : ''}>
          <b className="number">{formatDay(day.day)}</b>
          <span>{summary}</span>
          {differing.length > 0 && <SlotChips slots={differing} label={`${formatDay(day.day)} 变动的时段`} />}
        </li>
      ))}
    </ol>
  );
}

export function SlotChips({ slots, label }: { slots: readonly PlannedSlot[]; label: string }) {
  return (
    <ul className="chips" aria-label={label}>
      {slots.map((slot) => (
        <li key={`${slot.start} ${slot.kind}`} className={`chip-${slot.change}`}>
          <span className="visually-hidden">{slotName(slot)}</span>
          <span aria-hidden="true" title={slotName(slot)}>
            {slotMarks[slot.change].sign}
            {slot.start} <small>{slot.internal}</small>
          </span>
        </li>
      ))}
    </ul>
  );
}

export function Warnings({ warnings }: { warnings: readonly CalendarWarning[] }) {
  return (
    <>
      {warnings.map(({ code, text }) => (
        <Alert key={`${code} ${text}`} type="warning" showIcon title={text} />
      ))}
    </>
  );
}
