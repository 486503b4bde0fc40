import { appealStates, appealStateTexts, formatDay } from '@haoban/domain';
import { Button, Select, Space } from 'antd';
import { AskModal } from '../common/ask-modal.js';
import { whenOf } from '../common/format.js';
import { PagedTable } from '../common/paged-table.js';
import { useNow } from '../common/use-now.js';
import { EmptyView, StateTag } from '../common/views.js';
import { useAppealsPage, type AppealDecision } from './use-appeals-page.js';

const tones = { open: 'warn', granted: 'good', refused: 'neutral' } as const;

export default function AppealsPage() {
  const { state, setState, pages, act, decide } = useAppealsPage();
  const now = useNow(60_000);
  return (
    <div className="page">
      <div className="page-head">
        <h1>爽约申诉</h1>
        <Select
          aria-label="状态"
          allowClear
          placeholder="全部状态"
          style={{ width: 230 }}
          value={state}
          onChange={setState}
          options={appealStates.map((value) => ({ value, label: appealStateTexts[value] }))}
        />
      </div>
      <PagedTable
        pages={pages}
        label="爽约申诉"
        empty={<EmptyView title="没有申诉">有人认为爽约记录不对时，会在手机上提出申诉</EmptyView>}
        columns={[
          { title: '谁', dataIndex: 'personName' },
          {
            title: '未到的预约',
            key: 'booking',
            render: (_, { start, itemName }) => (
              <>
                <span className="number">{whenOf(start, now)}</span>
                <p className="muted">{itemName}</p>
              </>
            ),
          },
          { title: '申诉理由', key: 'text', render: (_, { text }) => <p className="comment">{text}</p> },
          {
            title: '爽约记录',
            key: 'record',
            render: (_, { noShowsInWindow, suspendedUntil }) =>
              `近期 ${noShowsInWindow} 次` + (suspendedUntil ? `，暂停到 ${formatDay(suspendedUntil)}` : ''),
          },
          {
            title: '提出',
            key: 'at',
            className: 'number',
            render: (_, { createdAt }) => whenOf(createdAt, now),
          },
          {
            title: '状态',
            key: 'state',
            render: (_, appeal) => (
              <>
                <StateTag tone={tones[appeal.state]}>{appeal.stateText}</StateTag>
                {appeal.reason && <p className="comment">{appeal.reason}</p>}
              </>
            ),
          },
          {
            title: '操作',
            key: 'act',
            render: (_, appeal) =>
              appeal.actions.length > 0 && (
                <Space>
                  <Button size="small" type="primary" onClick={() => act.ask({ appeal, result: 'granted' })}>
                    撤销爽约
                  </Button>
                  <Button size="small" onClick={() => act.ask({ appeal, result: 'refused' })}>
                    维持
                  </Button>
                </Space>
              ),
          },
        ]}
      />
      {act.asking && <Decide asking={act.asking} act={act} decide={decide} />}
    </div>
  );
}

type Model = ReturnType<typeof useAppealsPage>;

function Decide({ asking, act, decide }: { asking: AppealDecision } & Pick<Model, 'act' | 'decide'>) {
  const { appeal, result } = asking;
  const granted = result === 'granted';
  return (
    <AskModal
      title={`${granted ? '撤销' : '维持'} ${appeal.personName} 的爽约记录？`}
      okText={granted ? '撤销爽约' : '维持爽约记录'}
      danger={!granted}
      label={granted ? '给申诉人的话（可以不填）' : '不予撤销的理由（申诉人会看到）'}
      {...(!granted && { requiredText: '请写明理由' })}
      busy={act.busy}
      problem={act.problem}
      onOk={(reason) => void decide(reason)}
      onCancel={() => act.ask(undefined)}
    >
      <p className="comment">{appeal.text}</p>
      <p className="muted">
        {granted ? '这次未到不再计入，因此暂停的预约会恢复。' : '记录照旧计入，申诉人不能再次申诉。'}
        处理后不能更改。
      </p>
    </AskModal>
  );
}
