import { Text } from '@tarojs/components';
import { Button } from '../../../ui/button';
import { CaseCourse } from '../../../ui/case-course';
import { Field } from '../../../ui/field';
import { Card, Page } from '../../../ui/page';
import { ProblemNotice, Skeleton } from '../../../ui/states';
import { useLookUp } from './use-look-up';

export default function LookUp() {
  const form = useLookUp();
  return (
    <Page>
      <Card>
        <Text className="text-2">填写受理凭证上的办件编号和申请人身份证号后四位。</Text>
        <Field
          id="case-no"
          label="办件编号"
          value={form.caseNo}
          onChange={form.setCaseNo}
          wrong={form.wrongNumber}
          placeholder="如 RC20260714000038K"
          max={40}
        />
        {form.canScan ? <Button onTap={form.scanNumber}>扫受理凭证上的码</Button> : null}
        <Field
          id="id-last4"
          label="身份证号后四位"
          value={form.idLast4}
          onChange={form.setIdLast4}
          wrong={form.wrongLast}
          max={4}
        />
        <Button kind="main" act="search" busy={form.search.busy} onTap={form.search.run}>
          查进度
        </Button>
      </Card>
      <ProblemNotice problem={form.search.problem} />
      {form.search.busy ? <Skeleton /> : null}
      {form.found ? <CaseCourse it={form.found} /> : null}
    </Page>
  );
}
