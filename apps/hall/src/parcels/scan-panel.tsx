import { formatWaybill } from '@haoban/domain';
import { Button } from 'antd';
import type { useScan } from './use-scan.js';

export function ScanPanel({ model }: { model: ReturnType<typeof useScan> }) {
  const { input, typed, setTyped, scan, verdict, busy, submit, reset } = model;
  const second = scan.step === 'certificate';
  return (
    <section className="scan" aria-label="交寄">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <ol className="scan-steps" aria-label="步骤">
          <li aria-current={second ? undefined : 'step'}>1 扫邮件号</li>
          <li aria-current={second ? 'step' : undefined}>2 扫证照编号</li>
          <li>3 交给 EMS</li>
        </ol>
        <label htmlFor="scan-input">{second ? '证照编号' : '邮件号'}（扫码，或输入后按 Enter）</label>
        <div className="scan-line">
          <input
            id="scan-input"
            ref={input}
            autoComplete="off"
            spellCheck={false}
            maxLength={64}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape') reset();
            }}
          />
          <Button type="primary" size="large" htmlType="submit" loading={busy}>
            确定 <kbd aria-hidden="true">Enter</kbd>
          </Button>
          <Button size="large" onClick={reset} disabled={!second && verdict.kind === 'none' && !typed}>
            重来 <kbd aria-hidden="true">Esc</kbd>
          </Button>
        </div>
      </form>
      <div
        className={`verdict verdict-${verdict.kind}`}
        role={verdict.kind === 'bad' ? 'alert' : 'status'}
        aria-live="assertive"
      >
        {verdict.kind !== 'none' && (
          <>
            <strong>
              {verdict.kind === 'good' ? '✓' : '✗'} {verdict.title}
            </strong>
            <span>{verdict.text}</span>
          </>
        )}
        {verdict.kind === 'none' && second && (
          <>
            <strong className="number">{formatWaybill(scan.waybillNo)}</strong>
            <span>
              {scan.parcel.contents} · 办件 {scan.parcel.caseNo} · 收件人 {scan.parcel.receiverMasked}
            </span>
            <span>请扫要装进去的证照编号</span>
          </>
        )}
        {verdict.kind === 'none' && !second && (
          <span className="muted">一件一扫：邮件号和证照对得上，才能交给 EMS。</span>
        )}
      </div>
    </section>
  );
}
