import { useState } from 'react';
import { client } from '../api/client.js';
import { toProblem, type Problem } from '../common/problem.js';
import { useLoad } from '../common/use-load.js';

/** The hall's desks: where one sits, or where one could. */
export function useDesks() {
  const { state, reload } = useLoad('desks', () => client.queue.listDesks());
  const [problem, setProblem] = useState<Problem>();
  const [opening, setOpening] = useState<string>();

  const open = async (deskId: string) => {
    setOpening(deskId);
    setProblem(undefined);
    try {
      await client.queue.openDesk({ deskId });
    } catch (error) {
      setProblem(toProblem(error));
    } finally {
      setOpening(undefined);
      reload();
    }
  };
  const mine = state.status === 'ready' ? state.data.items.find((desk) => desk.mine) : undefined;
  return { state, reload, mine, open, opening, problem, setProblem };
}
