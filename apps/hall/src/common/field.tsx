import { formatDay, isLocalDay } from '@haoban/domain';
import { Input, InputNumber } from 'antd';
import { useId, useState, type ReactNode } from 'react';
import { readClock } from './clock-input.js';

interface ControlProps {
  readonly id: string;
  readonly status: 'error' | '';
  readonly 'aria-invalid': boolean;
  readonly 'aria-describedby': string | undefined;
}

interface FieldProps {
  readonly label: ReactNode;
  /** What has to be corrected. */
  readonly fault?: string | undefined;
  readonly hint?: ReactNode;
  readonly children: (control: ControlProps) => ReactNode;
}

/** A label, its control and what is wrong with it, tied together for everybody. */
export function Field({ label, fault, hint, children }: FieldProps) {
  const id = useId();
  const said = fault ?? hint;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        status: fault ? 'error' : '',
        'aria-invalid': fault !== undefined,
        'aria-describedby': said ? `${id}-said` : undefined,
      })}
      {said && (
        <small id={`${id}-said`} className={fault ? 'field-fault' : 'muted'}>
          {said}
        </small>
      )}
    </div>
  );
}

interface TextProps extends Omit<FieldProps, 'children'> {
  readonly value: string;
  readonly change: (value: string) => void;
}

/** Typed in any usual way; what was understood stands there once one leaves the field. */
export function TimeField({ value, change, ...field }: TextProps) {
  const [typed, setTyped] = useState<string>();
  return (
    <Field {...field}>
      {(control) => (
        <Input
          {...control}
          inputMode="numeric"
          autoComplete="off"
          placeholder="09:00"
          maxLength={5}
          value={typed ?? value}
          onChange={(event) => {
            setTyped(event.target.value);
            change(readClock(event.target.value));
          }}
          onBlur={() => value && setTyped(undefined)}
        />
      )}
    </Field>
  );
}

interface DateProps extends TextProps {
  readonly min?: string;
}

/** The browser's own date input, which can be typed into and which screen readers know; the weekday stands below it. */
export function DateField({ value, change, min, ...field }: DateProps) {
  return (
    <Field {...field} hint={isLocalDay(value) ? formatDay(value) : field.hint}>
      {(control) => (
        <Input
          {...control}
          type="date"
          min={min}
          value={value}
          onChange={(event) => change(event.target.value)}
        />
      )}
    </Field>
  );
}

interface NumberProps extends Omit<FieldProps, 'children'> {
  readonly value: number | null;
  /** NaN where the field was emptied, so that it is missed before it is sent. */
  readonly change: (value: number) => void;
  readonly min?: number;
  readonly max?: number;
  readonly unit?: string;
  readonly disabled?: boolean;
  readonly placeholder?: string;
}

export function NumberField({
  value,
  change,
  unit,
  min = 0,
  max,
  disabled,
  placeholder,
  ...field
}: NumberProps) {
  return (
    <Field {...field}>
      {(control) => (
        <InputNumber<number>
          {...control}
          min={min}
          {...(max !== undefined && { max })}
          precision={0}
          disabled={disabled}
          placeholder={placeholder}
          style={{ width: '100%' }}
          suffix={unit}
          value={value === null || Number.isNaN(value) ? null : value}
          onChange={(next) => change(next ?? Number.NaN)}
        />
      )}
    </Field>
  );
}
