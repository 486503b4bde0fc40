import type { HallCase } from '@haoban/contracts';
import { EmptyView, StateTag } from '../common/views.js';
import { PagedTable } from '../common/paged-table.js';
import { whenOf } from '../common/format.js';
import { useNow } from '../common/use-now.js';
import { caseTones } from '../common/words.js';
import { useCaseList, type CaseFilter } from './use-case-list.js';

/** The hall's cases, newest first; also the desk's 今日办件. */
export function CaseList({ filter, open }: { filter: CaseFilter; open: (found: HallCase) => void }) {
  const pages = useCaseList(filter);
  const now = useNow(60_000);
  return (
    <PagedTable
      pages={pages}
      label="办件"
      onOpen={open}
      empty={
        <EmptyView title="没有办件">
          {filter.q || filter.state ? '换个条件再找' : '在窗口按 F4 收件，办件会出现在这里'}
        </EmptyView>
      }
      columns={[
        { title: '办件编号', dataIndex: 'caseNo', className: 'number' },
        { title: '事项', dataIndex: 'itemName' },
        { title: '申请人', dataIndex: 'applicantMasked' },
        {
          title: '状态',
          key: 'state',
          render: (_, found) => <StateTag tone={caseTones[found.state]}>{found.stateText}</StateTag>,
        },
        {
          title: '期限',
          key: 'deadline',
          render: (_, { deadline }) => (
            <span className={deadline.state === 'overdue' ? 'overdue' : ''}>{deadline.remainingText}</span>
          ),
        },
        {
          title: '收件',
          key: 'acceptedAt',
          className: 'number',
          render: (_, { acceptedAt }) => whenOf(acceptedAt, now),
        },
      ]}
    />
  );
}
