import { Input } from 'antd';
import { whenOf } from '../common/format.js';
import { PagedTable } from '../common/paged-table.js';
import { useNow } from '../common/use-now.js';
import { auditWord, subjectWord } from './audit-words.js';
import { EmptyView } from '../common/views.js';
import { useAuditPage } from './use-audit-page.js';

const kinds = { staff: '工作人员', citizen: '市民', system: '系统', provider: '外部接口' } as const;

export default function AuditPage() {
  const { setAction, setSubjectId, pages } = useAuditPage();
  const now = useNow(60_000);
  return (
    <div className="page">
      <div className="page-head">
        <h1>操作审计</h1>
        <Input.Search
          aria-label="按操作查找"
          allowClear
          placeholder="操作，例如 desk.open"
          maxLength={64}
          style={{ width: 260 }}
          onSearch={(value) => setAction(value.trim())}
        />
        <Input.Search
          aria-label="按对象编号查找"
          allowClear
          placeholder="对象编号"
          maxLength={64}
          style={{ width: 260 }}
          onSearch={(value) => setSubjectId(value.trim())}
        />
      </div>
      <PagedTable
        pages={pages}
        label="审计记录"
        empty={<EmptyView title="没有记录">换个条件再找</EmptyView>}
        columns={[
          { title: '时间', key: 'at', className: 'number', render: (_, { at }) => whenOf(at, now) },
          {
            title: '谁',
            key: 'actor',
            render: (_, { actorKind, actorName }) => `${actorName ?? ''} ${kinds[actorKind]}`.trim(),
          },
          {
            title: '操作',
            key: 'action',
            render: (_, { action }) => (
              <>
                {auditWord(action)} <small className="muted">{action}</small>
              </>
            ),
          },
          {
            title: '对象',
            key: 'subject',
            render: (_, { subjectKind, subjectId }) => (
              <span className="number">
                {subjectWord(subjectKind)} <small className="muted">{subjectId}</small>
              </span>
            ),
          },
          { title: '来自', key: 'ip', className: 'number', render: (_, { ip }) => ip ?? '—' },
          {
            title: '前后',
            key: 'change',
            render: (_, { before, after }) =>
              before || after ? (
                <details>
                  <summary>看变化</summary>
                  <pre className="change">{JSON.stringify({ 前: before, 后: after }, undefined, 1)}</pre>
                </details>
              ) : (
                '—'
              ),
          },
        ]}
      />
    </div>
  );
}
