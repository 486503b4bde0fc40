import type { HallBookingRow } from '@haoban/contracts';
import { clockOf } from '../common/format.js';

/** One sentence of what the person does on the day. */
export function whatToDo({ kind, checkInFrom, checkInUntil }: HallBookingRow): string {
  switch (kind) {
    case 'phone':
    case 'video':
      return '到时工作人员会打过来，请保持电话畅通。';
    case 'home':
      return '到时工作人员会上门，请备好证件和材料。';
    default:
      return `带好身份证和材料，${clockOf(checkInFrom)} 到 ${clockOf(checkInUntil)} 之间签到。`;
  }
}
