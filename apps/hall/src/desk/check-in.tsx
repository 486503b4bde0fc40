import { Button, Input, Modal } from 'antd';
import { ProblemView } from '../common/views.js';
import { cameHow, personOf } from './desk-model.js';
import { useCheckIn } from './use-check-in.js';

/** The code said aloud, or the QR code by a scanner that types; ready for the next one at once. */
export function CheckIn({ close, done }: { close: () => void; done: () => void }) {
  const { code, setCode, ticket, problem, busy, checkIn } = useCheckIn(done);
  return (
    <Modal open title="预约签到" footer={null} onCancel={close}>
      <form
        className="issue"
        onSubmit={(event) => {
          event.preventDefault();
          checkIn();
        }}
      >
        <label htmlFor="booking-code">预约码（六位，念或扫都行）</label>
        <Input
          id="booking-code"
          size="large"
          autoFocus
          autoComplete="off"
          maxLength={64}
          value={code}
          onChange={(event) => setCode(event.target.value.toUpperCase())}
        />
        {problem && <ProblemView problem={problem} />}
        {ticket && (
          <div className="issued" role="status">
            <strong className="issued-number">{ticket.label}</strong>
            <p>
              {personOf(ticket)} · {cameHow(ticket)} · {ticket.itemName}
            </p>
          </div>
        )}
        <Button type="primary" size="large" htmlType="submit" loading={busy} disabled={!code.trim()}>
          签到 <kbd aria-hidden="true">Enter</kbd>
        </Button>
      </form>
    </Modal>
  );
}
