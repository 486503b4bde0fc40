import '../styles/codes.css';
import type { EntryKind } from '@haoban/contracts';
import { Radio, Select } from 'antd';
import { EmptyView, LoadView } from '../common/views.js';
import { PosterView } from './poster-view.js';
import { useCodesPage } from './use-codes-page.js';

const kinds: { value: EntryKind; label: string }[] = [
  { value: 'hall', label: '整个大厅' },
  { value: 'item', label: '一个事项' },
  { value: 'window', label: '一个窗口' },
];
const names: Record<EntryKind, string> = { hall: '大厅', item: '事项', window: '窗口' };

export default function CodesPage() {
  const page = useCodesPage();
  const { kind, hallId, targetId, code } = page;
  if (!hallId) return <EmptyView title="您的账号不属于任何大厅">请联系系统管理员</EmptyView>;
  return (
    <div className="page codes">
      <section className="codes-choice" aria-label="选择海报">
        <h1>预约码</h1>
        <p className="muted">
          贴在大厅里的码：群众用微信一扫，就到对应的预约页。同一个码长期有效，重印不会变。
        </p>
        <Radio.Group
          aria-label="码用在哪里"
          optionType="button"
          buttonStyle="solid"
          options={kinds}
          value={kind}
          onChange={(event) => page.setKind(event.target.value as EntryKind)}
        />
        {page.options && (
          <LoadView state={page.options.state} retry={page.options.reload} rows={1}>
            {(options) =>
              options.length === 0 ? (
                <EmptyView title={`这个大厅还没有${names[kind]}`} />
              ) : (
                <Select
                  key={kind}
                  aria-label={`选择${names[kind]}`}
                  placeholder={`选择${names[kind]}，可输入名称查找`}
                  showSearch={{ optionFilterProp: 'label' }}
                  allowClear
                  size="large"
                  value={targetId}
                  onChange={page.choose}
                  options={options}
                  notFoundContent="没有找到，换个说法试试"
                />
              )
            }
          </LoadView>
        )}
      </section>
      <section className="codes-poster" aria-label="海报">
        {targetId === undefined ? (
          <EmptyView title={`请先选择${names[kind]}`}>海报会显示在这里</EmptyView>
        ) : (
          <LoadView state={code.state} retry={code.reload} rows={10}>
            {(data) => <PosterView code={data} />}
          </LoadView>
        )}
      </section>
    </div>
  );
}
