import type { HallPayment } from '@haoban/contracts';
import { paymentStates } from '@haoban/domain';
import { Button, Form, Input, InputNumber, Modal, Select } from 'antd';
import { whenOf, yuan } from '../common/format.js';
import { PagedTable } from '../common/paged-table.js';
import { useNow } from '../common/use-now.js';
import { EmptyView, ProblemView, StateTag } from '../common/views.js';
import { paymentTones, paymentWords } from '../common/words.js';
import { refundable, usePaymentsPage } from './use-payments-page.js';

export default function PaymentsPage() {
  const model = usePaymentsPage();
  const { state, setState, pages, refunding, choose } = model;
  const now = useNow(60_000);
  return (
    <div className="page">
      <div className="page-head">
        <h1>支付</h1>
        <Select
          aria-label="状态"
          allowClear
          placeholder="全部状态"
          style={{ width: 150 }}
          value={state}
          onChange={setState}
          options={paymentStates.map((value) => ({ value, label: paymentWords[value] }))}
        />
      </div>
      <PagedTable
        pages={pages}
        label="支付单"
        empty={<EmptyView title="没有支付单">市民寄证照付款后，支付单会出现在这里</EmptyView>}
        columns={[
          { title: '商户单号', dataIndex: 'outTradeNo', className: 'number' },
          { title: '用途', dataIndex: 'description' },
          { title: '办件', key: 'case', className: 'number', render: (_, { caseNo }) => caseNo ?? '—' },
          {
            title: '金额',
            key: 'amount',
            align: 'right',
            className: 'number',
            render: (_, { amountFen }) => yuan(amountFen),
          },
          {
            title: '已退',
            key: 'refunded',
            align: 'right',
            className: 'number',
            render: (_, { refundedFen }) => (refundedFen > 0 ? yuan(refundedFen) : '—'),
          },
          {
            title: '状态',
            key: 'state',
            render: (_, payment) => (
              <StateTag tone={paymentTones[payment.state]}>{paymentWords[payment.state]}</StateTag>
            ),
          },
          {
            title: '支付时间',
            key: 'paidAt',
            className: 'number',
            render: (_, { paidAt }) => (paidAt ? whenOf(paidAt, now) : '—'),
          },
          {
            title: '操作',
            key: 'act',
            render: (_, payment) =>
              refundable(payment) > 0 && (
                <Button size="small" onClick={() => choose(payment)}>
                  退款
                </Button>
              ),
          },
        ]}
      />
      {refunding && <Refund key={refunding.id} payment={refunding} model={model} />}
    </div>
  );
}

function Refund({ payment, model }: { payment: HallPayment; model: ReturnType<typeof usePaymentsPage> }) {
  const [form] = Form.useForm<{ yuan: number; reason: string }>();
  const most = refundable(payment) / 100;
  const amount = Form.useWatch('yuan', form) ?? most;
  return (
    <Modal
      open
      title={`退款 ${yuan(Math.round(amount * 100))} 给付款人？`}
      okText={`退款 ${yuan(Math.round(amount * 100))}`}
      cancelText="不退"
      okButtonProps={{ danger: true }}
      confirmLoading={model.busy}
      onOk={() => form.submit()}
      onCancel={() => model.choose(undefined)}
    >
      <p className="muted">
        {payment.description} · {payment.outTradeNo}。退款原路退回，不能撤销。
      </p>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ yuan: most }}
        onFinish={(values) => void model.refund(values.yuan, values.reason)}
      >
        <Form.Item label="金额（元）" name="yuan" rules={[{ required: true, message: '请输入金额' }]}>
          <InputNumber autoFocus min={0.01} max={most} step={1} precision={2} style={{ width: 160 }} />
        </Form.Item>
        <Form.Item
          label="原因"
          name="reason"
          rules={[{ required: true, whitespace: true, message: '请写明原因' }]}
        >
          <Input maxLength={80} />
        </Form.Item>
      </Form>
      {model.problem && <ProblemView problem={model.problem} />}
    </Modal>
  );
}
