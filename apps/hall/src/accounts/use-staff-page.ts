import type { StaffAccount } from '@haoban/contracts';
import { useState } from 'react';
import { client } from '../api/client.js';
import { toProblem, type Problem } from '../common/problem.js';
import { useLoad } from '../common/use-load.js';

export function useStaffPage() {
  const { state, reload, replace } = useLoad('staff', () => client.identity.listStaff());
  const [busy, setBusy] = useState<string>();
  const [problem, setProblem] = useState<Problem>();
  const unlock = async (staffId: string) => {
    setBusy(staffId);
    setProblem(undefined);
    try {
      const after: StaffAccount = await client.identity.unlockStaff({ staffId });
      replace(({ items }) => ({ items: items.map((one) => (one.id === after.id ? after : one)) }));
    } catch (error) {
      setProblem(toProblem(error));
    } finally {
      setBusy(undefined);
    }
  };
  return { state, reload, busy, problem, unlock: (staffId: string) => void unlock(staffId) };
}
