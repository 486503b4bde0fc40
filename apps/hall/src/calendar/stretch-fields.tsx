import type { CalendarStretch } from '@haoban/contracts';
import type { VisitKind } from '@haoban/domain';
import { Select } from 'antd';
import { Field, NumberField, TimeField } from '../common/field.js';
import type { Faults } from './draft-model.js';
import { classWord, kindWords } from './rule-words.js';

interface Props {
  readonly value: CalendarStretch;
  readonly change: (values: Partial<CalendarStretch>) => void;
  readonly faults: Faults<CalendarStretch>;
  /** Kinds and classes that the items of the queue have. */
  readonly kinds: readonly VisitKind[];
  readonly itemClasses: readonly string[];
}

/** How a stretch of opening is cut, and how many places each slot has for whom. */
export function StretchFields({ value, change, faults, kinds, itemClasses }: Props) {
  const offered = kinds.includes(value.kind) ? kinds : [...kinds, value.kind];
  return (
    <>
      <div className="fields">
        <TimeField label="开始" value={value.from} change={(from) => change({ from })} fault={faults.from} />
        <TimeField label="结束" value={value.to} change={(to) => change({ to })} fault={faults.to} />
        <NumberField
          label="每个时段"
          unit="分钟"
          min={5}
          max={480}
          value={value.slotMinutes}
          change={(slotMinutes) => change({ slotMinutes })}
          fault={faults.slotMinutes}
        />
        <Field label="方式">
          {({ status, ...control }) => (
            <Select<VisitKind>
              {...control}
              status={status}
              value={value.kind}
              onChange={(kind) => change({ kind })}
              options={offered.map((kind) => ({ value: kind, label: kindWords[kind] }))}
            />
          )}
        </Field>
      </div>
      <div className="fields">
        <NumberField
          label="公开名额"
          hint="市民网上约"
          max={200}
          value={value.desksPublic}
          change={(desksPublic) => change({ desksPublic })}
          fault={faults.desksPublic}
        />
        <NumberField
          label="绿色通道名额"
          hint="老人、残疾人等"
          max={200}
          value={value.desksGreen}
          change={(desksGreen) => change({ desksGreen })}
          fault={faults.desksGreen}
        />
        <NumberField
          label="每个时段共"
          hint="其余由大厅代约"
          min={1}
          max={200}
          value={value.desksInternal}
          change={(desksInternal) => change({ desksInternal })}
          fault={faults.desksInternal}
        />
        {itemClasses.map((itemClass) => (
          <NumberField
            key={itemClass}
            label={`${classWord(itemClass)}同时最多`}
            hint="不填则不限"
            max={200}
            placeholder="不限"
            value={value.classPlaces?.[itemClass] ?? null}
            change={(most) => change({ classPlaces: withClass(value.classPlaces, itemClass, most) })}
          />
        ))}
      </div>
    </>
  );
}

function withClass(
  places: CalendarStretch['classPlaces'],
  itemClass: string,
  most: number,
): CalendarStretch['classPlaces'] {
  const { [itemClass]: _, ...others } = places ?? {};
  const next = Number.isNaN(most) ? others : { ...others, [itemClass]: most };
  return Object.keys(next).length > 0 ? next : null;
}
