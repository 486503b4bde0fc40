import type { KeyboardEvent, ReactNode } from 'react';

export interface GridChoice {
  readonly value: string;
  readonly disabled: boolean;
  readonly className?: string;
  /** What is heard where it differs from what is seen. */
  readonly spoken?: string;
  readonly face: ReactNode;
}

interface Props {
  readonly label: string;
  readonly name: string;
  readonly columns: number;
  readonly value: string | undefined;
  readonly choices: readonly GridChoice[];
  readonly onChange: (value: string) => void;
}

/**
 * Choices side by side in rows. The browser's own radio buttons: left and right go through them, screen readers count them, and what
 * can't be had is passed over; up and down go by rows, as the eye does.
 */
export function RadioGrid({ label, name, columns, value, choices, onChange }: Props) {
  return (
    <div
      role="radiogroup"
      aria-label={label}
      className="radio-grid"
      style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
      onKeyDown={(event) => byRows(event, columns, choices, onChange)}
    >
      {choices.map(({ value: each, disabled, className = '', spoken, face }) => (
        <label key={each} className={`radio-cell ${className}`}>
          <input
            type="radio"
            name={name}
            value={each}
            checked={each === value}
            disabled={disabled}
            aria-label={spoken}
            onChange={() => onChange(each)}
          />
          <span className="radio-face" aria-hidden={spoken !== undefined}>
            {face}
          </span>
        </label>
      ))}
    </div>
  );
}

function byRows(
  event: KeyboardEvent<HTMLElement>,
  columns: number,
  choices: readonly GridChoice[],
  onChange: (value: string) => void,
): void {
  const step = event.key === 'ArrowDown' ? columns : event.key === 'ArrowUp' ? -columns : 0;
  if (step === 0 || !(event.target instanceof HTMLInputElement)) return;
  event.preventDefault();
  const next = cellInColumn(choices, event.target.value, step);
  if (!next) return;
  [...event.currentTarget.querySelectorAll('input')].find(({ value }) => value === next)?.focus();
  onChange(next);
}

/** The next one above or below that can be had; undefined at the edge. */
export function cellInColumn(
  choices: readonly Pick<GridChoice, 'value' | 'disabled'>[],
  from: string,
  step: number,
): string | undefined {
  const start = choices.findIndex(({ value }) => value === from);
  for (let at = start + step; start >= 0 && at >= 0 && at < choices.length; at += step) {
    const choice = choices[at];
    if (choice && !choice.disabled) return choice.value;
  }
  return undefined;
}
