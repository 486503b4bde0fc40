import { Button } from 'antd';
import { clockOf } from '../common/format.js';
import { useNow } from '../common/use-now.js';
import { LoadView, ProblemView, StateTag } from '../common/views.js';
import { roleWords } from '../common/words.js';
import { useStaffPage } from './use-staff-page.js';

export default function StaffPage() {
  const { state, reload, busy, problem, unlock } = useStaffPage();
  const now = useNow(10_000);
  const locked = (until: string | null) => until !== null && Date.parse(until) > now.getTime();
  return (
    <div className="page">
      <div className="page-head">
        <h1>工作人员账号</h1>
      </div>
      {problem && <ProblemView problem={problem} />}
      <LoadView state={state} retry={reload}>
        {({ items }) => (
          <table className="lines">
            <thead>
              <tr>
                <th>账号</th>
                <th>姓名</th>
                <th>角色</th>
                <th>大厅</th>
                <th>状态</th>
                <th>操作</th>
              </tr>
            </thead>
            <tbody>
              {items.map(({ id, username, name, role, hallName, active, lockedUntil }) => (
                <tr key={id}>
                  <td>
                    <b>{username}</b>
                  </td>
                  <td>{name}</td>
                  <td>{roleWords[role]}</td>
                  <td>{hallName ?? '全市'}</td>
                  <td>
                    {!active ? (
                      <StateTag tone="neutral">停用</StateTag>
                    ) : locked(lockedUntil) ? (
                      <StateTag tone="called">锁定到 {clockOf(lockedUntil ?? '')}</StateTag>
                    ) : (
                      <StateTag tone="good">正常</StateTag>
                    )}
                  </td>
                  <td>
                    {locked(lockedUntil) && (
                      <Button size="small" loading={busy === id} onClick={() => unlock(id)}>
                        解除 {username} 的锁定
                      </Button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </LoadView>
    </div>
  );
}
