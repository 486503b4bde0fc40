import type { CheckAsk } from './use-checks-page.js';

export interface CheckQuestion {
  readonly title: string;
  readonly okText: string;
  readonly label: string;
  readonly danger?: boolean;
  readonly requiredText?: string;
  readonly maxLength?: number;
}

/** What is asked before a check is put down: the paper that was seen, or the reason that the person will read. */
export function checkQuestion(ask: Exclude<CheckAsk, { kind: 'register' }>): CheckQuestion {
  if (ask.kind === 'green') {
    const { personName, reasonText } = ask.row;
    return ask.act === 'verify'
      ? {
          title: `${personName} 的“${reasonText}”证明核对无误？`,
          okText: '核对无误',
          label: '备注（可以不填）',
        }
      : {
          title: `${personName} 的“${reasonText}”证明不符？`,
          okText: '登记不符',
          danger: true,
          label: '哪里不符（本人会看到）',
          requiredText: '请写明哪里不符',
        };
  }
  const { agentName, principalName } = ask.row;
  switch (ask.act) {
    case 'grant':
      return {
        title: `${agentName} 可以替 ${principalName} 预约？`,
        okText: '核验通过',
        label: '看过什么证件（如户口簿、营业执照和介绍信）',
        requiredText: '请写明看过的证件',
        maxLength: 60,
      };
    case 'refuse':
      return {
        title: `不同意 ${agentName} 替 ${principalName} 预约？`,
        okText: '不通过',
        danger: true,
        label: '理由（申请人会看到）',
        requiredText: '请写明理由',
      };
    case 'end':
      return {
        title: `结束 ${agentName} 替 ${principalName} 预约的授权？`,
        okText: '结束授权',
        danger: true,
        label: '应谁的要求、什么原因',
        requiredText: '请写明原因',
      };
  }
}
