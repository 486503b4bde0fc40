import type { DeskTicket } from '@haoban/contracts';
import { useState } from 'react';
import { client } from '../api/client.js';
import { toProblem, type Problem } from '../common/problem.js';

export function useCheckIn(done: () => void) {
  const [code, setCode] = useState('');
  const [ticket, setTicket] = useState<DeskTicket>();
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const checkIn = async () => {
    const wanted = code.trim();
    if (!wanted || busy) return;
    setBusy(true);
    setProblem(undefined);
    setTicket(undefined);
    try {
      setTicket(await client.queue.checkInAtDesk({ code: wanted }));
      setCode('');
      done();
    } catch (error) {
      setProblem(toProblem(error));
    } finally {
      setBusy(false);
    }
  };
  return { code, setCode, ticket, problem, busy, checkIn: () => void checkIn() };
}
