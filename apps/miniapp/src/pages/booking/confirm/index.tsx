import { Text } from '@tarojs/components';
import { isInHall } from '@haoban/domain';
import { back, open } from '../../../hooks/navigate';
import { Button } from '../../../ui/button';
import { Card, Fact, Page } from '../../../ui/page';
import { ReadAloud } from '../../../ui/read-aloud';
import { Content, Empty, Notice, Skeleton } from '../../../ui/states';
import { clock, fee } from '../../../words';
import { BookingProblem } from '../booking-problem';
import { ContactCard } from '../contact-card';
import { HoldClock } from '../hold-clock';
import { PackList } from '../pack-list';
import { kindWords, wholeDay } from '../visit';
import { WhoChoice } from '../who-choice';
import { useConfirm } from './use-confirm';
import type { ConfirmForm } from './use-confirm';

export default function Confirm() {
  const form = useConfirm();
  const { found, slot, hold, items } = form;
  return (
    <Page footer={found.kind === 'ready' && slot ? <Footer form={form} /> : undefined}>
      <Content load={found} lines={6}>
        {() =>
          slot ? (
            <>
              {form.moved ? <Notice tone="warn">{form.moved}</Notice> : null}
              <Time form={form} />
              <What form={form} />
              <Who form={form} />
              <ContactCard contact={form.contact} />
              {items.kind === 'ready' ? (
                <PackList bookingId={hold.held?.id} items={items.data} />
              ) : (
                <Skeleton lines={4} />
              )}
            </>
          ) : (
            <Empty text="这个时段已经不能预约了，请重新选择时间。" act="重新选择" onTap={back} />
          )
        }
      </Content>
    </Page>
  );
}

/** The time, and how long it is kept. */
function Time({ form }: { form: ConfirmForm }) {
  const { day, slot, hold } = form;
  const { held, over } = hold;
  if (!slot) return null;
  const [from, to] = held ? [clock(held.start), clock(held.end)] : [slot.startTime, slot.endTime];
  return (
    <Card tone={over ? 'warn' : 'own'}>
      <Text className="text-2">预约时间</Text>
      <Text className="h1">
        {wholeDay(day)}{' '}
        <Text className="num">
          {from}–{to}
        </Text>
      </Text>
      {held?.holdUntil && !over ? <HoldClock until={held.holdUntil} onEnd={hold.ranOut} /> : null}
      <ReadAloud
        text={`${form.place?.hallName ?? ''}，${wholeDay(day)} ${from} 到 ${to}。请看一看要带的材料，再点确认预约。`}
      />
      {over ? (
        <Text className="block strong">保留的时间过了，名额已经放出。还想要的话，点下面的按钮再留一次。</Text>
      ) : null}
    </Card>
  );
}

function What({ form }: { form: ConfirmForm }) {
  const { items, visit, place, minutes, hold } = form;
  if (items.kind !== 'ready') return <Skeleton lines={4} />;
  const files = (at: number) => (at === 0 ? visit.files : (visit.also[at - 1]?.files ?? 1));
  const total = items.data.reduce((sum, { feeFen }, at) => sum + feeFen * files(at), 0);
  return (
    <Card>
      <Fact name="事项">
        {items.data.map(({ id, name }, at) => (
          <Text key={id} className="block">
            {name}
            {files(at) > 1 ? ` × ${files(at)} 件` : ''}
          </Text>
        ))}
      </Fact>
      {visit.kind === 'window' ? null : (
        <Fact name="方式">
          <Text className="block">{kindWords[visit.kind].name}</Text>
          <Text className="text-2">{kindWords[visit.kind].about}</Text>
        </Fact>
      )}
      {place ? (
        <>
          <Fact name="大厅">{place.hallName}</Fact>
          {isInHall(visit.kind) ? (
            <Fact name="位置">
              {place.floor} {place.zone}
            </Fact>
          ) : null}
          <Fact name="时长">办理约 {minutes} 分钟</Fact>
        </>
      ) : null}
      {visit.persons > 1 ? <Fact name="人数">{visit.persons} 人一起来</Fact> : null}
      {visit.green ? (
        <Fact name="绿色通道">
          {hold.held && hold.held.contingent !== 'green'
            ? '绿色通道的名额满了，为您约的是普通名额'
            : '是，请带上证明'}
        </Fact>
      ) : null}
      <Fact name="收费">{fee(total)}</Fact>
    </Card>
  );
}

function Who({ form }: { form: ConfirmForm }) {
  const { citizen, principals, visit, standing, hold } = form;
  if (!citizen?.realName) return null;
  // Not as the server warns of the next one: this one is counted already.
  const words =
    standing?.limits.filter(({ left }) => left === 0).map(({ text }) => `算上这次，${text}`) ?? [];
  return (
    <Card>
      <Text className="h2">替谁办</Text>
      <WhoChoice
        ownName={citizen.realName.nameMasked}
        principals={principals}
        value={visit.forWhom}
        onChange={(forWhom) => {
          // One hold at a time: the next is asked for when this one is there.
          if (!hold.take.busy) form.changeWho(forWhom);
        }}
      />
      {words.length > 0 ? <Notice tone="info">{words.join('；')}</Notice> : null}
    </Card>
  );
}

function Footer({ form }: { form: ConfirmForm }) {
  const { session, hold, confirm, hallId } = form;
  const { forWhom } = form.visit;
  const { wrong } = form.contact;
  // The fields may be out of sight.
  const missing = wrong.address ?? wrong.phone;
  if (session.kind !== 'signed-in') {
    return (
      <Button kind="main" act="sign-in" onTap={() => open('pages/account/sign-in/index')}>
        登录后预约
      </Button>
    );
  }
  if (!session.citizen.realName) {
    return (
      <Button kind="main" act="real-name" onTap={() => open('pages/account/real-name/index')}>
        先完成实名登记
      </Button>
    );
  }
  const { take, held, over } = hold;
  if (over || (!held && take.problem)) {
    return (
      <>
        <BookingProblem problem={take.problem} hallId={hallId} forWhom={forWhom} />
        <Button kind="main" act="hold-again" busy={take.busy} onTap={hold.again}>
          {over ? '再留一次这个时间' : '再试一次'}
        </Button>
        <Button kind="quiet" act="other-time" onTap={back}>
          换个时间
        </Button>
      </>
    );
  }
  return (
    <>
      {missing ? <Notice tone="error">{missing}</Notice> : null}
      <BookingProblem problem={confirm.problem} hallId={hallId} forWhom={forWhom} />
      <Button kind="main" act="reserve" busy={confirm.busy || take.busy || !held} onTap={confirm.run}>
        确认预约
      </Button>
    </>
  );
}
