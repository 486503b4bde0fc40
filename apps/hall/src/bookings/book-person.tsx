import { formatDay } from '@haoban/domain';
import { Input } from 'antd';
import { Field } from '../common/field.js';
import { LoadView, StateTag } from '../common/views.js';
import type { BookModel } from './use-book.js';
import type { FoundPerson } from './use-person.js';

/** Who comes: the ID card first, for it tells whether there is an account. */
export function BookPerson({ model }: { model: BookModel }) {
  const { person, setPersonField, faults, found, kind } = model;
  return (
    <section className="book-part book-person" aria-label="给谁预约">
      <h3>给谁预约</h3>
      <Field label="身份证号" fault={faults.idNumber}>
        {(control) => (
          <Input
            {...control}
            autoFocus
            autoComplete="off"
            maxLength={18}
            value={person.idNumber}
            onChange={(event) => setPersonField('idNumber', event.target.value)}
          />
        )}
      </Field>
      <div className="book-found" aria-live="polite">
        {found.whole ? (
          <LoadView state={found.state} retry={found.reload} rows={1}>
            {(data) => <Found {...data} />}
          </LoadView>
        ) : (
          <p className="muted">输完身份证号，自动查找有没有手机账号</p>
        )}
      </div>
      <div className="book-pair">
        <Field label="姓名" fault={faults.name}>
          {(control) => (
            <Input
              {...control}
              autoComplete="off"
              maxLength={50}
              value={person.name}
              onChange={(event) => setPersonField('name', event.target.value)}
            />
          )}
        </Field>
        <Field label="手机号（可以不填）" fault={faults.phone}>
          {(control) => (
            <Input
              {...control}
              autoComplete="off"
              inputMode="tel"
              maxLength={14}
              value={person.phone}
              onChange={(event) => setPersonField('phone', event.target.value)}
            />
          )}
        </Field>
      </div>
      {kind === 'home' && (
        <Field label="上门地址" fault={faults.address}>
          {(control) => (
            <Input
              {...control}
              autoComplete="off"
              maxLength={200}
              placeholder="小区、楼栋、门牌号"
              value={person.address}
              onChange={(event) => setPersonField('address', event.target.value)}
            />
          )}
        </Field>
      )}
    </section>
  );
}

type Facts = Extract<FoundPerson['state'], { status: 'ready' }>['data'];

function Found({ account, openBookings, suspendedUntil }: Facts) {
  const open = openBookings > 0 && `还有 ${openBookings} 个没办的预约，计入次数`;
  return (
    <>
      {account ? (
        <p>
          <StateTag tone="good">有手机账号</StateTag> {account.name} {account.phone ?? '没有留手机号'}
        </p>
      ) : (
        <p>
          <StateTag tone="neutral">没有手机账号</StateTag> 请把预约码念给他，或打印给他
        </p>
      )}
      <small className="muted">
        {[account && '预约会出现在他的手机上', open].filter(Boolean).join('；')}
      </small>
      {suspendedUntil && (
        <p>
          <StateTag tone="warn">暂停预约到 {formatDay(suspendedUntil)}</StateTag> 多次预约未到
        </p>
      )}
    </>
  );
}
