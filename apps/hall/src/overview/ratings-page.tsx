import { Checkbox } from 'antd';
import { whenOf } from '../common/format.js';
import { PagedTable } from '../common/paged-table.js';
import { useNow } from '../common/use-now.js';
import { EmptyView, StateTag } from '../common/views.js';
import { useRatingsPage } from './use-ratings-page.js';

export default function RatingsPage() {
  const { onlyNegative, setOnlyNegative, pages } = useRatingsPage();
  const now = useNow(60_000);
  return (
    <div className="page">
      <div className="page-head">
        <h1>评价</h1>
        <Checkbox checked={onlyNegative} onChange={(event) => setOnlyNegative(event.target.checked)}>
          只看差评
        </Checkbox>
      </div>
      <PagedTable
        pages={pages}
        label="评价"
        empty={
          <EmptyView title={onlyNegative ? '没有差评' : '还没有评价'}>
            办完事的市民会在手机上收到评价邀请
          </EmptyView>
        }
        columns={[
          {
            title: '时间',
            key: 'at',
            className: 'number',
            render: (_, { createdAt }) => whenOf(createdAt, now),
          },
          {
            title: '评价',
            key: 'level',
            render: (_, { levelText, negative }) => (
              <StateTag tone={negative ? 'called' : 'good'}>{levelText}</StateTag>
            ),
          },
          { title: '事项', dataIndex: 'itemName' },
          { title: '窗口', key: 'desk', render: (_, { deskLabel }) => deskLabel ?? '—' },
          {
            title: '说了什么',
            key: 'words',
            render: (_, { tags, comment }) => (
              <>
                {tags.join('、')}
                {comment && <p className="comment">{comment}</p>}
                {tags.length === 0 && !comment && <span className="muted">没有留言</span>}
              </>
            ),
          },
          { title: '谁', dataIndex: 'citizenName' },
        ]}
      />
    </div>
  );
}
