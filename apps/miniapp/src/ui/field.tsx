import { Input, Text, Textarea, View } from '@tarojs/components';
import { fieldLabel } from '../platform/a11y';

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: string;
  /** What is wrong with it, said instead of the hint. */
  readonly wrong?: string | undefined;
  readonly placeholder?: string;
  readonly type?: 'text' | 'number' | 'idcard';
  readonly max?: number;
  readonly id?: string;
}

export function Field({
  label,
  value,
  onChange,
  hint,
  wrong,
  placeholder,
  type = 'text',
  max = 100,
  id,
}: FieldProps) {
  return (
    <View className={`field${wrong ? ' field--wrong' : ''}`}>
      <Text className="field__label">{label}</Text>
      <View className="field__box">
        <Input
          className="field__input"
          type={type}
          value={value}
          maxlength={max}
          placeholder={placeholder ?? ''}
          ariaLabel={label}
          ref={fieldLabel(label)}
          onInput={({ detail }) => onChange(detail.value)}
          {...(id ? { id } : {})}
        />
      </View>
      {wrong || hint ? <Text className="field__hint">{wrong ?? hint}</Text> : null}
    </View>
  );
}

export function AreaField({ label, value, onChange, placeholder, wrong, max = 500, id }: FieldProps) {
  return (
    <View className={`field${wrong ? ' field--wrong' : ''}`}>
      <Text className="field__label">{label}</Text>
      <View className="field__box">
        <Textarea
          className="field__area"
          value={value}
          maxlength={max}
          placeholder={placeholder ?? ''}
          ariaLabel={label}
          ref={fieldLabel(label)}
          onInput={({ detail }) => onChange(detail.value)}
          {...(id ? { id } : {})}
        />
      </View>
      {wrong ? <Text className="field__hint">{wrong}</Text> : null}
      <Text className="field__hint field__count">
        {value.length}/{max}
      </Text>
    </View>
  );
}
