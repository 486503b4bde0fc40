import type { ReactNode } from 'react';

export interface PhoneButtonProps {
  readonly onCode: (code: string) => void;
  readonly onRefused: (text: string) => void;
  readonly disabled?: boolean;
  readonly children: ReactNode;
}
