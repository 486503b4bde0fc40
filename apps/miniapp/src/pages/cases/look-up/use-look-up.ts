import type { PublicCase } from '@haoban/contracts';
import { isCaseNumber, normaliseCaseNumber } from '@haoban/domain';
import { useState } from 'react';
import { api } from '../../../api/api';
import { useAction } from '../../../hooks/use-action';
import { useDraft } from '../../../hooks/use-draft';
import { canScan, scan } from '../../../platform/scan';

export function useLookUp() {
  // The last four of the ID number are not kept on the phone.
  const draft = useDraft('look-up', { caseNo: '' });
  const [idLast4, setIdLast4] = useState('');
  const [found, setFound] = useState<PublicCase>();
  const [checked, setChecked] = useState(false);
  const caseNo = normaliseCaseNumber(draft.value.caseNo);
  const numberOk = isCaseNumber(caseNo);
  const lastOk = /^\d{3}[\dXx]$/.test(idLast4.trim());
  const search = useAction(async () => {
    setChecked(true);
    if (!numberOk || !lastOk) return;
    setFound(undefined);
    setFound(await api.cases.lookUp({ caseNo, idLast4: idLast4.trim().toUpperCase() }));
  });
  return {
    caseNo: draft.value.caseNo,
    setCaseNo: (text: string) => draft.change({ caseNo: text }),
    idLast4,
    setIdLast4,
    found,
    search,
    wrongNumber: checked && !numberOk ? '办件编号有误，请对照受理凭证检查' : undefined,
    wrongLast: checked && !lastOk ? '请填写身份证号的最后四位' : undefined,
    canScan,
    scanNumber: () => {
      void scan().then((text) => {
        if (text) draft.change({ caseNo: text });
      });
    },
  };
}
