import type { HallAuthorisation, HallGreenEvidence } from '@haoban/contracts';
import { formatLongDay } from '@haoban/domain';
import { Alert, Button, Input, Select, Space } from 'antd';
import { ActionButton } from '../common/action-button.js';
import { AskModal } from '../common/ask-modal.js';
import { PagedTable } from '../common/paged-table.js';
import { useShortcuts } from '../common/use-shortcuts.js';
import { EmptyView, StateTag } from '../common/views.js';
import type { Tone } from '../common/words.js';
import { checkQuestion } from './check-question.js';
import { RegisterAuthorisation } from './register-authorisation.js';
import { useChecksPage } from './use-checks-page.js';

type Model = ReturnType<typeof useChecksPage>;

export default function ChecksPage() {
  const model = useChecksPage();
  const { act, done } = model;
  useShortcuts({ F9: () => act.ask({ kind: 'register' }) }, act.asking === undefined);
  return (
    <div className="page">
      <div className="page-head">
        <h1>授权与绿色通道核验</h1>
        <Input.Search
          aria-label="查找"
          allowClear
          placeholder="姓名，或证件号后四位"
          maxLength={30}
          style={{ width: 260 }}
          onSearch={(value) => model.setQ(value.trim())}
        />
        <ActionButton hotkey="F9" type="primary" onClick={() => act.ask({ kind: 'register' })}>
          窗口登记授权
        </ActionButton>
      </div>
      {done && <Alert type="success" showIcon role="status" title={done} />}
      <Authorisations model={model} />
      <Green model={model} />
      {act.asking?.kind === 'register' && <RegisterAuthorisation model={model} />}
      {act.asking && act.asking.kind !== 'register' && (
        <AskModal
          key={`${act.asking.row.id} ${act.asking.act}`}
          {...checkQuestion(act.asking)}
          busy={act.busy}
          problem={act.problem}
          onOk={(text) => void model.decide(text)}
          onCancel={() => act.ask(undefined)}
        />
      )}
    </div>
  );
}

const authorisationTones: Record<HallAuthorisation['state'], Tone> = {
  pending: 'warn',
  active: 'good',
  refused: 'called',
  ended: 'neutral',
  expired: 'neutral',
};
const actWords = { grant: '核验通过', refuse: '不通过', end: '结束授权' } as const;

function Authorisations({ model }: { model: Model }) {
  const { state, setState, authorisations, act, q } = model;
  return (
    <section aria-label="授权">
      <div className="page-head">
        <h2>替家人、单位预约的授权</h2>
        <Select
          aria-label="授权状态"
          style={{ width: 140 }}
          value={state}
          onChange={setState}
          options={[
            { value: 'pending' as const, label: '待核验' },
            { value: 'active' as const, label: '有效的' },
          ]}
        />
      </div>
      {state === 'active' && !q ? (
        <EmptyView title="请先查找">输入姓名或证件号后四位，再看有效的授权</EmptyView>
      ) : (
        <PagedTable
          pages={authorisations}
          label="授权"
          empty={
            <EmptyView title="没有授权">{q ? '换个姓名或号码再找' : '现在没有等待核验的授权'}</EmptyView>
          }
          columns={[
            { title: '替谁', dataIndex: 'principalName' },
            { title: '证件号', dataIndex: 'principalNumberMasked', className: 'number' },
            { title: '关系', dataIndex: 'relationText' },
            { title: '谁来预约', dataIndex: 'agentName' },
            {
              title: '有效至',
              key: 'until',
              className: 'number',
              render: (_, { validUntil }) => formatLongDay(validUntil),
            },
            {
              title: '状态',
              key: 'state',
              render: (_, row) => (
                <>
                  <StateTag tone={authorisationTones[row.state]}>{row.stateText}</StateTag>
                  {(row.paper ?? row.reason) && <p className="muted">{row.paper ?? row.reason}</p>}
                </>
              ),
            },
            {
              title: '操作',
              key: 'act',
              render: (_, row) => (
                <Space>
                  {row.actions.map((each) => (
                    <Button
                      key={each}
                      size="small"
                      type={each === 'grant' ? 'primary' : 'default'}
                      danger={each === 'end'}
                      aria-label={`${actWords[each]} ${row.principalName}`}
                      onClick={() => act.ask({ kind: 'authorisation', row, act: each })}
                    >
                      {actWords[each]}
                    </Button>
                  ))}
                </Space>
              ),
            },
          ]}
        />
      )}
    </section>
  );
}

const greenTones: Record<HallGreenEvidence['state'], Tone> = {
  declared: 'warn',
  verified: 'good',
  refused: 'called',
  withdrawn: 'neutral',
};

function Green({ model: { green, act, q } }: { model: Model }) {
  return (
    <section aria-label="绿色通道">
      <div className="page-head">
        <h2>绿色通道登记</h2>
      </div>
      <PagedTable
        pages={green}
        label="绿色通道登记"
        empty={<EmptyView title="没有登记">{q ? '换个姓名或号码再找' : '现在没有等待核对的登记'}</EmptyView>}
        columns={[
          { title: '谁', dataIndex: 'personName' },
          {
            title: '证件号',
            key: 'id',
            className: 'number',
            render: (_, { idNumberMasked }) => idNumberMasked ?? '—',
          },
          { title: '情况', dataIndex: 'reasonText' },
          { title: '证明', dataIndex: 'documentMasked' },
          {
            title: '有效至',
            key: 'until',
            className: 'number',
            render: (_, { validUntil }) => formatLongDay(validUntil),
          },
          {
            title: '状态',
            key: 'state',
            render: (_, row) => (
              <>
                <StateTag tone={greenTones[row.state]}>{row.stateText}</StateTag>
                {row.checkReason && <p className="muted">{row.checkReason}</p>}
              </>
            ),
          },
          {
            title: '操作',
            key: 'act',
            render: (_, row) => (
              <Space>
                {row.actions.map((each) => (
                  <Button
                    key={each}
                    size="small"
                    type={each === 'verify' ? 'primary' : 'default'}
                    aria-label={`${each === 'verify' ? '核对无误' : '不符'} ${row.personName}`}
                    onClick={() => act.ask({ kind: 'green', row, act: each })}
                  >
                    {each === 'verify' ? '核对无误' : '不符'}
                  </Button>
                ))}
              </Space>
            ),
          },
        ]}
      />
    </section>
  );
}
