import { LoadView, StateTag } from '../common/views.js';
import { caseTones } from '../common/words.js';
import { useCaseBrief } from './use-case-brief.js';

/** Once the case is open its papers are on file: what counts now is where it stands and until when. */
export function CaseBrief({ caseId, round }: { caseId: string; round: unknown }) {
  const { state, reload } = useCaseBrief(caseId, round);
  return (
    <LoadView state={state} retry={reload} rows={3}>
      {({ caseNo, state: at, stateText, deadline, materials, certificate }) => (
        <div className="case-brief">
          <p>
            <StateTag tone={caseTones[at]}>{stateText}</StateTag> <span className="number">{caseNo}</span>
          </p>
          <p className={deadline.state === 'overdue' ? 'overdue' : undefined}>{deadline.remainingText}</p>
          <p className="muted">
            已收材料 {materials.filter(({ received }) => received).length} 份
            {certificate && ` · ${certificate.name} ${certificate.certificateNo}`}
          </p>
        </div>
      )}
    </LoadView>
  );
}
