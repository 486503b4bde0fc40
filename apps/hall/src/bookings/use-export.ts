import { useState } from 'react';
import { client } from '../api/client.js';
import { blobOf, download } from '../common/download.js';
import { toProblem, type Problem } from '../common/problem.js';

type Filter = Parameters<typeof client.hallBookings.exportXlsx>[0];
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The list under the same filter as a spreadsheet. */
export function useExport() {
  const [busy, setBusy] = useState(false);
  const [saved, setSaved] = useState<{ readonly fileName: string; readonly rows: number }>();
  const [problem, setProblem] = useState<Problem>();
  const run = async (filter: Filter) => {
    if (busy) return;
    setBusy(true);
    setSaved(undefined);
    setProblem(undefined);
    try {
      const { base64, fileName, rows } = await client.hallBookings.exportXlsx(filter);
      download(blobOf(base64, XLSX), fileName);
      setSaved({ fileName, rows });
    } catch (error) {
      setProblem(toProblem(error));
    } finally {
      setBusy(false);
    }
  };
  return { busy, saved, problem, run };
}
