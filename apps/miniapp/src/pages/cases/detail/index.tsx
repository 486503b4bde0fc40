import { Text } from '@tarojs/components';
import type { CaseDetail as Detail } from '@haoban/contracts';
import { open } from '../../../hooks/navigate';
import { Button, ListRow } from '../../../ui/button';
import { CaseCourse } from '../../../ui/case-course';
import { Card, Fact, Page } from '../../../ui/page';
import { Content, ProblemNotice, SignInWall } from '../../../ui/states';
import { when } from '../../../words';
import { useCase } from './use-case';

export default function CaseDetail() {
  const { citizen, load, withdraw, follow } = useCase();
  if (!citizen) {
    return (
      <Page>
        <SignInWall text="登录后才能查看您的办件。" />
      </Page>
    );
  }
  const data = load.kind === 'ready' ? load.data : undefined;
  return (
    <Page
      footer={
        data ? (
          <Actions it={data} problem={withdraw.problem ?? follow.problem} onFollow={follow.run} />
        ) : undefined
      }
    >
      <Content load={load} lines={12}>
        {(it) => (
          <>
            <CaseCourse it={it} />
            {it.certificate ? <CertificateCard it={it} certificate={it.certificate} /> : null}
            <Card>
              <Fact name="申请人">{it.applicantMasked}</Fact>
              <Fact name="承办">{it.departmentName}</Fact>
              <Fact name="受理大厅">{it.hallName}</Fact>
              {it.ticketLabel ? <Fact name="排队号">{it.ticketLabel}</Fact> : null}
            </Card>
            {it.actions.includes('withdraw') ? (
              <Button kind="danger" act="withdraw" busy={withdraw.busy} onTap={withdraw.run}>
                撤回申请
              </Button>
            ) : null}
          </>
        )}
      </Content>
    </Page>
  );
}

function Actions(props: {
  it: Detail;
  problem: Parameters<typeof ProblemNotice>[0]['problem'];
  onFollow: () => void;
}) {
  const { it, problem, onFollow } = props;
  const over = ['closed', 'withdrawn', 'not_accepted'].includes(it.state);
  return (
    <>
      <ProblemNotice problem={problem} />
      {it.actions.includes('send_by_courier') ? (
        <>
          <Button
            kind="main"
            icon="truck"
            act="send"
            onTap={() => open(`pages/delivery/send/index?caseId=${it.id}`)}
          >
            EMS 寄到家
          </Button>
          <Text className="text-2">也可以带身份证到{it.hallName}窗口领取。</Text>
        </>
      ) : null}
      {it.deliveryId ? (
        <Button act="open-delivery" onTap={() => open(`pages/delivery/detail/index?id=${it.deliveryId}`)}>
          看寄到哪了
        </Button>
      ) : null}
      {it.actions.includes('rate') ? (
        <Button act="rate" onTap={() => open(`pages/ratings/give/index?subject=case&id=${it.id}`)}>
          评价
        </Button>
      ) : null}
      {over ? null : (
        <Button icon="bell" act="follow" onTap={onFollow}>
          有进展通知我
        </Button>
      )}
    </>
  );
}

const places: Record<NonNullable<Detail['certificate']>['place'], string> = {
  at_hall: '在大厅，等您领取或邮寄',
  handed_over: '已在窗口领取',
  with_courier: '已交给 EMS',
  delivered: '已送达',
};

function CertificateCard({
  it,
  certificate,
}: {
  it: Detail;
  certificate: NonNullable<Detail['certificate']>;
}) {
  return (
    <Card>
      <Text className="h2">证照</Text>
      <Fact name="名称">
        {certificate.name} {certificate.copies} 本
      </Fact>
      <Fact name="编号">{certificate.certificateNo}</Fact>
      <Fact name="制发">{when(certificate.issuedAt)}</Fact>
      <Fact name="现在">{places[certificate.place]}</Fact>
      {it.waybillNo && it.deliveryId ? (
        <ListRow
          icon="truck"
          title={`EMS ${it.waybillNo}`}
          onTap={() => open(`pages/delivery/detail/index?id=${it.deliveryId}`)}
        />
      ) : null}
    </Card>
  );
}
