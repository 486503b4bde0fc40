import type { CalendarRule } from '@haoban/contracts';
import type { VisitKind } from '@haoban/domain';
import { Button, Checkbox, Input, Select } from 'antd';
import { DateField, Field, NumberField } from '../common/field.js';
import { ruleFaults } from './draft-model.js';
import { ruleTitle } from './rule-words.js';
import { StretchFields } from './stretch-fields.js';

interface Props {
  readonly rule: CalendarRule;
  readonly edit: (values: Partial<CalendarRule>) => void;
  readonly close: () => void;
  readonly kinds: readonly VisitKind[];
  readonly itemClasses: readonly string[];
}

const weekdays = ['一', '二', '三', '四', '五', '六', '日'].map((label, i) => ({
  value: i + 1,
  label: `周${label}`,
}));
const weeksOfMonth = [
  { value: 0, label: '每一周' },
  ...[1, 2, 3, 4, 5].map((n) => ({ value: n, label: `每月第 ${n} 个` })),
  { value: -1, label: '每月最后一个' },
];

export function RuleForm({ rule, edit, close, kinds, itemClasses }: Props) {
  const faults = ruleFaults(rule);
  return (
    <section
      className="rule-form"
      aria-label={`编辑 ${ruleTitle(rule)}`}
      onKeyDown={(event) => event.key === 'Escape' && close()}
    >
      <Field label="名称" hint="只给大厅看，可以不填">
        {(control) => (
          <Input
            {...control}
            autoFocus
            maxLength={30}
            placeholder="例如 工作日上午"
            value={rule.name}
            onChange={(event) => edit({ name: event.target.value })}
          />
        )}
      </Field>
      <fieldset className="field">
        <legend>星期</legend>
        <Checkbox.Group
          options={weekdays}
          value={rule.weekdays}
          onChange={(days) => edit({ weekdays: [...days].sort((a, b) => a - b) })}
        />
        {faults.weekdays && <small className="field-fault">{faults.weekdays}</small>}
      </fieldset>
      <StretchFields value={rule} change={edit} faults={faults} kinds={kinds} itemClasses={itemClasses} />
      <div className="fields">
        <NumberField
          label="最早可约"
          unit="天后"
          max={180}
          value={rule.windowFromDays}
          change={(windowFromDays) => edit({ windowFromDays })}
          fault={faults.windowFromDays}
          hint="0 为当天"
        />
        <NumberField
          label="最远可约"
          unit="天后"
          max={180}
          value={rule.windowToDays}
          change={(windowToDays) => edit({ windowToDays })}
          fault={faults.windowToDays}
          hint="当天开门时放号"
        />
        <NumberField
          label="至少提前"
          unit="分钟"
          max={10_080}
          placeholder="按大厅"
          value={rule.noticeMinutes}
          change={(most) => edit({ noticeMinutes: Number.isNaN(most) ? null : most })}
          hint="不填按预约规则"
        />
      </div>
      <div className="fields">
        <NumberField
          label="每几周一次"
          unit="周"
          min={1}
          max={12}
          value={rule.everyWeeks}
          change={(everyWeeks) => edit({ everyWeeks })}
          fault={faults.everyWeeks}
          hint="从开始日期那周算起"
        />
        <Field label="每月哪一周">
          {({ status, ...control }) => (
            <Select<number>
              {...control}
              status={status}
              value={rule.weekOfMonth ?? 0}
              onChange={(n) => edit({ weekOfMonth: n === 0 ? null : (n as CalendarRule['weekOfMonth']) })}
              options={weeksOfMonth}
            />
          )}
        </Field>
        <DateField
          label="开始日期"
          hint="不填为一直"
          value={rule.firstDay ?? ''}
          change={(day) => edit({ firstDay: day || null })}
        />
        <DateField
          label="结束日期"
          hint="不填为一直"
          value={rule.lastDay ?? ''}
          change={(day) => edit({ lastDay: day || null })}
          fault={faults.lastDay}
        />
      </div>
      <Button onClick={close}>收起</Button>
    </section>
  );
}
