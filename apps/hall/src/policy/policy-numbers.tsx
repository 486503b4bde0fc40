import type { PolicySettings } from '@haoban/contracts';
import { Checkbox, Radio } from 'antd';
import { NumberField, TimeField } from '../common/field.js';
import { numberGroups, type NumberSpec } from './policy-fields.js';
import type { PolicyFaults } from './policy-model.js';

interface Props {
  readonly settings: PolicySettings;
  readonly change: (settings: PolicySettings) => void;
  readonly faults: PolicyFaults;
}

/** Every number, in the order in which a citizen meets it. */
export function PolicyNumbers({ settings, change, faults }: Props) {
  return (
    <div className="policy-groups">
      {numberGroups.map(({ legend, numbers }) => (
        <fieldset key={legend}>
          <legend>{legend}</legend>
          {legend === '取消和改约' && <CancelKind settings={settings} change={change} />}
          {legend === '爽约' && <NoShowKind settings={settings} change={change} />}
          <div className="fields">
            {numbers
              .filter(({ shown }) => shown?.(settings) ?? true)
              .map((spec) => (
                <SettingNumber
                  key={spec.label}
                  spec={spec}
                  settings={settings}
                  change={change}
                  fault={faults[spec.key]}
                />
              ))}
            {legend === '取消和改约' && settings.cancelBy && (
              <TimeField
                label="几点前"
                value={settings.cancelBy.at}
                change={(at) =>
                  change({ ...settings, cancelBy: settings.cancelBy && { ...settings.cancelBy, at } })
                }
                fault={faults.cancelAt}
              />
            )}
          </div>
        </fieldset>
      ))}
    </div>
  );
}

interface NumberProps extends Omit<Props, 'faults'> {
  readonly spec: NumberSpec;
  readonly fault: string | undefined;
}

function SettingNumber({ spec, settings, change, fault }: NumberProps) {
  const { label, unit, min = 0, max, hint, read, write } = spec;
  return (
    <NumberField
      label={label}
      unit={unit}
      min={min}
      max={max}
      hint={hint}
      value={read(settings)}
      change={(value) => change(write(settings, value))}
      fault={fault}
    />
  );
}

function CancelKind({ settings, change }: Omit<Props, 'faults'>) {
  return (
    <Radio.Group
      aria-label="最晚取消"
      value={settings.cancelBy !== null}
      onChange={(event) =>
        change({ ...settings, cancelBy: event.target.value ? { daysBefore: 1, at: '17:00' } : null })
      }
      options={[
        { value: false, label: '开始前几小时' },
        { value: true, label: '到某天几点' },
      ]}
    />
  );
}

function NoShowKind({ settings, change }: Omit<Props, 'faults'>) {
  const { noShow } = settings;
  return (
    <Checkbox
      checked={noShow.calendarMonth}
      onChange={(event) =>
        change({ ...settings, noShow: { ...noShow, calendarMonth: event.target.checked } })
      }
    >
      按自然月计算，停到月底
    </Checkbox>
  );
}
