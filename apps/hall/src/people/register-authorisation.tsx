import {
  companyRoles,
  companyRoleTexts,
  familyRelations,
  familyRelationTexts,
  type CompanyRole,
  type FamilyRelation,
} from '@haoban/domain';
import { Form, Input, Modal, Radio, Select } from 'antd';
import { ProblemView } from '../common/views.js';
import type { DeskAuthorisation, useChecksPage } from './use-checks-page.js';

interface Fields {
  kind: 'family' | 'company';
  name: string;
  number: string;
  relation: FamilyRelation;
  role: CompanyRole;
  phone?: string;
  agentIdNumber: string;
  paper: string;
}

const required = (message: string) => [{ required: true, whitespace: true, message }];

/** Both people, or the company's papers, are at the desk: seen and in force at once. */
export function RegisterAuthorisation({ model }: { model: ReturnType<typeof useChecksPage> }) {
  const { act, register } = model;
  const [form] = Form.useForm<Fields>();
  const family = (Form.useWatch('kind', form) ?? 'family') === 'family';
  return (
    <Modal
      open
      title="窗口登记授权"
      okText="登记授权"
      cancelText="再看看"
      confirmLoading={act.busy}
      onOk={() => form.submit()}
      onCancel={() => act.ask(undefined)}
    >
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ kind: 'family', relation: 'parent', role: 'employee' }}
        onFinish={(fields) => void register(toInput(fields))}
        autoComplete="off"
      >
        <Form.Item label="替谁预约" name="kind">
          <Radio.Group
            options={[
              { value: 'family', label: '家人' },
              { value: 'company', label: '单位' },
            ]}
          />
        </Form.Item>
        <Form.Item label={family ? '家人姓名' : '单位名称'} name="name" rules={required('请填写')}>
          <Input autoFocus maxLength={60} />
        </Form.Item>
        <Form.Item
          label={family ? '家人身份证号' : '统一社会信用代码'}
          name="number"
          rules={required('请填写号码')}
        >
          <Input maxLength={24} />
        </Form.Item>
        {family ? (
          <>
            <Form.Item label="是代办人的" name="relation">
              <Select
                options={familyRelations.map((value) => ({ value, label: familyRelationTexts[value] }))}
              />
            </Form.Item>
            <Form.Item label="家人电话（可以不填）" name="phone">
              <Input maxLength={20} inputMode="tel" />
            </Form.Item>
          </>
        ) : (
          <Form.Item label="代办人是" name="role">
            <Select options={companyRoles.map((value) => ({ value, label: companyRoleTexts[value] }))} />
          </Form.Item>
        )}
        <Form.Item
          label="代办人身份证号（已在手机上实名）"
          name="agentIdNumber"
          rules={required('请填写代办人的身份证号')}
        >
          <Input maxLength={18} />
        </Form.Item>
        <Form.Item
          label="看过什么证件（如户口簿、营业执照和介绍信）"
          name="paper"
          rules={required('请写明看过的证件')}
        >
          <Input maxLength={60} />
        </Form.Item>
      </Form>
      {act.problem && <ProblemView problem={act.problem} />}
    </Modal>
  );
}

function toInput({
  kind,
  name,
  number,
  relation,
  role,
  phone,
  agentIdNumber,
  paper,
}: Fields): DeskAuthorisation {
  const common = { name: name.trim(), agentIdNumber: agentIdNumber.trim(), paper: paper.trim() };
  return kind === 'family'
    ? { kind, ...common, idNumber: number.trim(), relation, ...(phone?.trim() && { phone: phone.trim() }) }
    : { kind, ...common, creditCode: number.trim(), role };
}
