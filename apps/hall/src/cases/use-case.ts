import type { HallCase } from '@haoban/contracts';
import { App } from 'antd';
import { useState } from 'react';
import { client } from '../api/client.js';
import { toProblem, type Problem } from '../common/problem.js';
import { useLoad } from '../common/use-load.js';
import type { CaseButton } from './case-actions.js';

export interface CaseFormValues {
  readonly reason?: string;
  readonly certificateNo?: string;
  readonly copies?: number;
}

export function useCase(caseId: string, changed?: (found: HallCase) => void) {
  const { modal } = App.useApp();
  const { state, reload, replace } = useLoad(caseId, () => client.cases.getOfHall({ caseId }));
  const [filling, setFilling] = useState<CaseButton>();
  const [busy, setBusy] = useState<string>();
  const [problem, setProblem] = useState<Problem>();
  const [asking, setAsking] = useState(false);

  const perform = async (button: CaseButton, values: CaseFormValues) => {
    setBusy(button.id);
    setProblem(undefined);
    try {
      const after = await send(caseId, button, values);
      replace(() => after);
      setFilling(undefined);
      changed?.(after);
    } catch (error) {
      setProblem(toProblem(error));
      reload();
    } finally {
      setBusy(undefined);
    }
  };

  const act = (button: CaseButton, values: CaseFormValues = {}) => {
    if (busy) return;
    if (!button.confirm) return void perform(button, values);
    setAsking(true);
    modal.confirm({
      title: button.confirm,
      content: '这一步不能撤销。',
      okText: button.label,
      cancelText: '再看看',
      focusable: { autoFocusButton: 'ok' },
      onOk: () => perform(button, values),
      afterClose: () => setAsking(false),
    });
  };

  /** A button was pressed: fill in first where something has to be. */
  const press = (button: CaseButton) => {
    setProblem(undefined);
    if (button.form) setFilling(button);
    else {
      setFilling(undefined);
      act(button);
    }
  };
  return { state, reload, filling, setFilling, busy, problem, press, act, asking };
}

function send(caseId: string, { action, result }: CaseButton, values: CaseFormValues): Promise<HallCase> {
  const reason = values.reason?.trim() ?? '';
  switch (action) {
    case 'advance':
      return client.cases.advance({ caseId });
    case 'suspend':
      return client.cases.suspend({ caseId, reason });
    case 'resume':
      return client.cases.resume({ caseId });
    case 'askCorrection':
      return client.cases.askCorrection({ caseId, reason });
    case 'receiveCorrection':
      return client.cases.receiveCorrection({ caseId });
    case 'decide':
      return client.cases.decide({ caseId, result: result ?? 'granted', ...(reason && { reason }) });
    case 'notAccept':
      return client.cases.notAccept({ caseId, reason });
    case 'close':
      return client.cases.close({ caseId });
    case 'issueCertificate': {
      const certificateNo = values.certificateNo?.trim();
      return client.cases.issueCertificate({
        caseId,
        copies: values.copies ?? 1,
        ...(certificateNo && { certificateNo }),
      });
    }
    case 'handOverCertificate':
      return client.cases.handOverCertificate({ caseId });
    case 'withdraw':
      return Promise.reject(new Error('Only the applicant withdraws'));
  }
}
