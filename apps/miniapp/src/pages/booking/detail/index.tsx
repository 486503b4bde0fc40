import { Text, View } from '@tarojs/components';
import { isInHall } from '@haoban/domain';
import type { Booking } from '@haoban/contracts';
import { open } from '../../../hooks/navigate';
import { ShareButton } from '../../../platform/share';
import { Button } from '../../../ui/button';
import { Card, Fact, Page } from '../../../ui/page';
import { QrCode } from '../../../ui/qr-code';
import { Badge, Content, Notice, ProblemNotice, SignInWall } from '../../../ui/states';
import { bookingWord, clock, when, whichDay } from '../../../words';
import { BookingProblem } from '../booking-problem';
import { standingPage } from '../next-step';
import { PackList } from '../pack-list';
import { kindWords } from '../visit';
import { KeptCard } from './kept-card';
import { OffersCard } from './offers-card';
import { isLate, useBooking } from './use-booking';
import { useKept } from './use-kept';
import { useOffers } from './use-offers';
import './index.scss';

export default function BookingDetail() {
  const form = useBooking();
  const { citizen, booking, items, isNew } = form;
  const data = booking.kind === 'ready' ? booking.data : undefined;
  const kept = useKept(data, booking.replace);
  const offers = useOffers(data, booking.replace);
  if (!citizen) {
    return (
      <Page>
        <SignInWall text="登录后才能查看您的预约。" />
      </Page>
    );
  }
  return (
    <Page footer={data ? <Footer it={data} form={form} kept={kept} /> : undefined}>
      <Content load={booking} lines={10}>
        {(it) => (
          <>
            {isNew && it.state === 'confirmed' ? <Notice tone="good">{successText(it)}</Notice> : null}
            <OffersCard offers={offers} onOtherTime={form.move} />
            {isNew ? null : <Reminder it={it} form={form} stands={offers.closed === false} />}
            <Pass booking={it} />
            <KeptCard kept={kept} />
            <Facts it={it} />
            {items.kind === 'ready' && it.state === 'confirmed' ? (
              <PackList bookingId={it.id} items={items.data} />
            ) : null}
            {it.actions.includes('appeal') ? (
              <Button
                act="appeal"
                onTap={() =>
                  open(`${standingPage(it.hallId, it.authorisationId ?? undefined)}&bookingId=${it.id}`)
                }
              >
                有特殊情况？申诉这次爽约
              </Button>
            ) : null}
            <Changes it={it} form={form} />
          </>
        )}
      </Content>
    </Page>
  );
}

type Form = ReturnType<typeof useBooking>;

function successText({ kind, code }: Booking): string {
  if (isInHall(kind)) return '预约成功。到大厅后点“取号”，或向工作人员出示预约码。';
  return `预约成功，预约码 ${code}。${kindWords[kind].about}`;
}

function Footer({ it, form, kept }: { it: Booking; form: Form; kept: ReturnType<typeof useKept> }) {
  const { checkIn, cancel, reply, remember } = form;
  const checksIn = it.actions.includes('check_in') && isInHall(it.kind);
  return (
    <>
      <ProblemNotice
        problem={
          checkIn.problem ?? cancel.problem ?? reply.problem ?? remember.problem ?? kept.decline.problem
        }
      />
      <BookingProblem problem={kept.accept.problem} hallId={it.hallId} />
      {it.ticketId ? (
        <Button
          kind="main"
          act="open-ticket"
          onTap={() => open(`pages/queue/ticket/index?id=${it.ticketId ?? ''}`)}
        >
          看我的号
        </Button>
      ) : null}
      {checksIn ? (
        <Button kind="main" act="check-in" busy={checkIn.busy} onTap={checkIn.run}>
          我已到大厅，取号
        </Button>
      ) : null}
      {kept.held && !kept.over ? (
        <>
          <Button kind="main" act="reserve" busy={kept.accept.busy} onTap={kept.accept.run}>
            确认预约
          </Button>
          <Button kind="quiet" act="decline" busy={kept.decline.busy} onTap={kept.decline.run}>
            不要这个名额
          </Button>
        </>
      ) : null}
    </>
  );
}

function Pass({ booking }: { booking: Booking }) {
  const word = bookingWord(booking);
  return (
    <Card tone="own">
      <View className="row row--between">
        <Text className="h1">
          {whichDay(booking.day)} <Text className="num">{clock(booking.start)}</Text>
        </Text>
        <Badge tone={word.tone} icon={word.icon}>
          {word.text}
        </Badge>
      </View>
      {booking.state === 'confirmed' ? (
        <View className="pass">
          {isInHall(booking.kind) ? <QrCode text={booking.qr} label={`预约码 ${booking.code}`} /> : null}
          <Text className="pass__code spelled num" id="booking-code">
            {booking.code}
          </Text>
          <Text className="text-2">预约码，可以念给工作人员听</Text>
        </View>
      ) : null}
    </Card>
  );
}

/** The answer to a reminder; nobody is waited for at a time that the hall has closed since. */
function Reminder({ it, form, stands }: { it: Booking; form: Form; stands: boolean }) {
  if (it.state !== 'confirmed') return null;
  if (it.reply === 'coming')
    return stands ? <Notice tone="good">您已回复“我会来”，大厅会等您。</Notice> : null;
  if (!it.actions.includes('reply')) return null;
  return (
    <Card tone="warn">
      <Text className="h2">{when(it.start)} 的预约，您能来吗？</Text>
      <Text className="text-2">来不了请放弃名额，让给需要的人，不算爽约。</Text>
      <View className="buttons gap-top">
        <Button act="coming" busy={form.reply.busy} onTap={form.reply.run}>
          我会来
        </Button>
        <Button kind="danger" act="give-up" busy={form.cancel.busy} onTap={() => form.cancel.run(true)}>
          放弃名额
        </Button>
      </View>
    </Card>
  );
}

function Facts({ it }: { it: Booking }) {
  return (
    <Card>
      <Fact name="事项">
        {it.items.map(({ itemId, itemName, files }) => (
          <Text key={itemId} className="block">
            {itemName}
            {files > 1 ? ` × ${files} 件` : ''}
          </Text>
        ))}
      </Fact>
      {it.forName ? <Fact name="替谁办">{it.forName}</Fact> : null}
      {it.persons > 1 ? <Fact name="人数">{it.persons} 人</Fact> : null}
      {it.kind === 'window' ? null : (
        <Fact name="方式">
          <Text className="block">{kindWords[it.kind].name}</Text>
          <Text className="text-2">{kindWords[it.kind].about}</Text>
        </Fact>
      )}
      {it.contingent === 'green' ? <Fact name="绿色通道">是，请带上证明</Fact> : null}
      <Fact name="大厅">{it.hallName}</Fact>
      {isInHall(it.kind) ? (
        <>
          <Fact name="位置">{it.place}</Fact>
          <Fact name="取号时间">
            {whichDay(it.day)}{' '}
            <Text className="num">
              {clock(it.checkInFrom)}–{clock(it.checkInUntil)}
            </Text>
          </Fact>
        </>
      ) : null}
      {it.actions.includes('cancel') && !isLate(it) ? (
        <Fact name="可取消至">{when(it.cancelUntil)}</Fact>
      ) : null}
    </Card>
  );
}

function Changes({ it, form }: { it: Booking; form: Form }) {
  const { cancel, remember } = form;
  const asked = it.actions.includes('reply') && it.reply === null && !form.isNew;
  return (
    <>
      {it.state === 'confirmed' ? (
        <Button icon="calendar" act="calendar" busy={remember.busy} onTap={remember.run}>
          加到手机日历，到时提醒我
        </Button>
      ) : null}
      {it.actions.includes('reschedule') ? (
        <Button icon="clock" act="move" onTap={form.move}>
          改时间
        </Button>
      ) : null}
      {it.state === 'held' ? null : <ShareButton title={it.itemName}>转给家人看</ShareButton>}
      {it.actions.includes('cancel') && !asked ? (
        <Button kind="danger" act="cancel" busy={cancel.busy} onTap={() => cancel.run()}>
          {isLate(it) ? '来不了，放弃名额' : '取消预约'}
        </Button>
      ) : null}
    </>
  );
}
