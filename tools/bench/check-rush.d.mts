export interface Phone {
  readonly citizenId: string;
  readonly requestId: string;
  readonly slotId: string;
}

export interface PhoneAnswer {
  /** Its place in the list of phones. */
  readonly phone: number;
  readonly act: 'reserve' | 'again' | 'cancel';
  readonly status: number;
  readonly id?: string;
  readonly code?: string;
}

export interface Checked {
  readonly booked: number;
  readonly full: number;
  readonly cancelled: number;
  readonly oversold: number;
  readonly lost: number;
  readonly wrong: number;
  readonly text: string;
}

export interface BenchCity {
  query(sql: string, values?: readonly unknown[]): Promise<readonly object[]>;
}

export function checkRush(
  city: BenchCity,
  rush: {
    readonly slots: readonly { readonly id: string }[];
    readonly sent: readonly { readonly phones: readonly Phone[]; readonly answers: readonly PhoneAnswer[] }[];
    readonly allBooked: boolean;
  },
): Promise<Checked>;
