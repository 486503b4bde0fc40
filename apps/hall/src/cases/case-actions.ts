import type { CaseAction, HallCase } from '@haoban/contracts';
import type { StaffRole } from '@haoban/domain';

export type CaseForm = 'reason' | 'certificate';

/** A button of the case drawer. */
export interface CaseButton {
  readonly id: string;
  readonly action: CaseAction;
  readonly label: string;
  readonly hotkey: string;
  /** What has to be filled in first. */
  readonly form?: CaseForm;
  readonly formLabel?: string;
  /** The act by its name, where it can't be undone. */
  readonly confirm?: string;
  readonly result?: 'granted' | 'refused';
  readonly tone: 'primary' | 'default' | 'danger';
}

/**
 * The buttons for what the API allows (`actions`), in a fixed order. 窗口无否决权: a refusal is the manager's, so a clerk is not
 * even offered it. Withdrawing is the applicant's own act and has no button here.
 */
export function caseButtons(found: HallCase, role: StaffRole): CaseButton[] {
  const subject = `${found.itemName}（${found.applicantMasked}）`;
  const next = found.stages.find(({ state }) => state === 'ahead')?.name;
  const all: CaseButton[] = [
    {
      id: 'advance',
      action: 'advance',
      label: next ? `进入${next}` : '进入下一环节',
      hotkey: 'A',
      tone: 'primary',
    },
    { id: 'resume', action: 'resume', label: '恢复计时', hotkey: 'A', tone: 'primary' },
    { id: 'receive', action: 'receiveCorrection', label: '收到补正材料', hotkey: 'A', tone: 'primary' },
    {
      id: 'grant',
      action: 'decide',
      result: 'granted',
      label: '准予',
      hotkey: 'D',
      confirm: `准予 ${subject}？`,
      tone: 'primary',
    },
    {
      id: 'certificate',
      action: 'issueCertificate',
      label: '制发证照',
      hotkey: 'Z',
      form: 'certificate',
      formLabel: found.certificateName ?? '证照',
      tone: 'primary',
    },
    {
      id: 'handOver',
      action: 'handOverCertificate',
      label: '窗口领取',
      hotkey: 'L',
      confirm: `${subject}的证照已当面交给本人？`,
      tone: 'default',
    },
    {
      id: 'close',
      action: 'close',
      label: '办结',
      hotkey: 'J',
      confirm: `办结 ${subject}？`,
      tone: 'primary',
    },
    {
      id: 'correction',
      action: 'askCorrection',
      label: '一次告知补正',
      hotkey: 'B',
      form: 'reason',
      formLabel: '要补哪些材料、怎么补，一次说全（申请人会看到）',
      tone: 'default',
    },
    {
      id: 'suspend',
      action: 'suspend',
      label: '特别程序',
      hotkey: 'T',
      form: 'reason',
      formLabel: '什么程序、要多久（停止计时，申请人会看到）',
      tone: 'default',
    },
    {
      id: 'refuse',
      action: 'decide',
      result: 'refused',
      label: '不予许可',
      hotkey: 'X',
      form: 'reason',
      formLabel: '不予许可的理由（申请人会看到，并告知救济途径）',
      confirm: `不予许可 ${subject}？`,
      tone: 'danger',
    },
    {
      id: 'notAccept',
      action: 'notAccept',
      label: '不予受理',
      hotkey: 'Y',
      form: 'reason',
      formLabel: '不予受理的理由（申请人会看到）',
      confirm: `不予受理 ${subject}？`,
      tone: 'danger',
    },
  ];
  const manager = role === 'manager';
  return all.filter(
    ({ action, result }) =>
      found.actions.includes(action) && (manager || (result !== 'refused' && action !== 'notAccept')),
  );
}

/** Where the paper is, for the desk. */
export function certificatePlace(place: 'at_hall' | 'handed_over' | 'with_courier' | 'delivered'): string {
  switch (place) {
    case 'at_hall':
      return '在窗口，待领取或寄出';
    case 'handed_over':
      return '已当面领取';
    case 'with_courier':
      return '已交 EMS';
    case 'delivered':
      return '已由 EMS 送达';
  }
}
