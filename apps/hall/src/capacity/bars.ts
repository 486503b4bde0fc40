/** One column of the chart: of so many places so many were taken, and of these so many people did not come. */
export interface Column {
  readonly key: string;
  /** Under the column. */
  readonly label: string;
  readonly capacity: number;
  readonly taken: number;
  readonly missed: number;
}

export interface Bar {
  readonly key: string;
  readonly label: string;
  /** Middle of the column, for its label. */
  readonly middle: number;
  readonly x: number;
  readonly width: number;
  /** Heights from the ground line up. */
  readonly capacity: number;
  readonly taken: number;
  readonly missed: number;
  /** Labels that would run into each other are left out; the table has them all. */
  readonly labelled: boolean;
}

export interface Chart {
  readonly bars: readonly Bar[];
  /** Values of the lines across, ascending from 0, with their heights. */
  readonly lines: readonly { readonly value: number; readonly height: number }[];
}

const steps = [1, 2, 5, 10];
const WIDEST_BAR = 40;

/** The smallest of 1, 2, 5, 10, 20, 50 … with which at most four lines reach the top. */
export function stepFor(top: number): number {
  for (let power = 1; ; power *= 10) {
    const step = steps.find((each) => each * power * 4 >= top);
    if (step !== undefined) return step * power;
  }
}

/** Lays the columns out in a box of `width` × `height`; `labelWidth` is what one label needs. */
export function layOut(columns: readonly Column[], width: number, height: number, labelWidth: number): Chart {
  const most = Math.max(1, ...columns.map(({ capacity, taken }) => Math.max(capacity, taken)));
  const step = stepFor(most);
  const count = Math.ceil(most / step);
  const scale = height / (count * step);
  const each = width / Math.max(1, columns.length);
  const barWidth = Math.min(WIDEST_BAR, each * 0.7);
  const every = Math.max(1, Math.ceil(labelWidth / each));
  return {
    bars: columns.map(({ key, label, capacity, taken, missed }, i) => {
      const middle = round(each * (i + 0.5));
      return {
        key,
        label,
        middle,
        x: round(middle - barWidth / 2),
        width: round(barWidth),
        capacity: round(capacity * scale),
        taken: round(taken * scale),
        missed: round(missed * scale),
        labelled: i % every === 0,
      };
    }),
    lines: Array.from({ length: count + 1 }, (_, i) => ({
      value: i * step,
      height: round(i * step * scale),
    })),
  };
}

const round = (value: number) => Math.round(value * 10) / 10;
