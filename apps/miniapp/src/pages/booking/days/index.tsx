import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import { formatDuration } from '@haoban/domain';
import { open } from '../../../hooks/navigate';
import { statusRole } from '../../../platform/a11y';
import { Button, ListRow } from '../../../ui/button';
import { ChoiceChips } from '../../../ui/choice';
import { Card, Page } from '../../../ui/page';
import { Content, Empty, ErrorBox, Fold, Notice } from '../../../ui/states';
import { when, whichDay } from '../../../words';
import { BookingProblem } from '../booking-problem';
import { standingPage } from '../next-step';
import { kindWords, plainVisit, wholeDay } from '../visit';
import type { Visit } from '../visit';
import { BranchSheet } from './branch-sheet';
import { DayStrip } from './day-strip';
import { MoveSheet, NotMoved } from './move-sheet';
import { SlotGrid } from './slot-grid';
import { useDays } from './use-days';
import type { DaysForm } from './use-days';
import { useMove } from './use-move';
import { VisitSheet } from './visit-sheet';
import { WaitlistCard } from './waitlist-card';
import './index.scss';

type Panel = 'visit' | 'branch' | 'move';

export default function Days() {
  const form = useDays();
  const { days, day, slot, visit } = form;
  const [panel, setPanel] = useState<Panel>();
  const close = () => setPanel(undefined);
  const { old, warning, act } = useMove(form.move, () => {
    close();
    form.pickSlot(undefined);
    void form.slots.reload();
    void form.days.reload();
  });
  // The time that was to be the new one has gone; another is to be chosen.
  const notMoved = slot ? undefined : act.problem && old;
  const goOn = () => {
    act.clear();
    if (form.move) setPanel('move');
    else form.goOn();
  };
  const loaded = form.items.kind === 'ready' ? form.items.data : [];
  const verb = form.move ? '改到' : '预约';
  return (
    <Page
      footer={
        <>
          {notMoved ? <NotMoved old={notMoved} /> : null}
          <Button kind="main" act="go-on" disabled={!slot} onTap={goOn}>
            {slot && day ? `${verb} ${whichDay(day)} ${slot.startTime}` : '请选择时间'}
          </Button>
        </>
      }
    >
      {old ? (
        <Notice tone="info">
          正在改 {when(old.start)} 的预约。选好新时间再确认，改成之前原来的时间一直留着。
        </Notice>
      ) : null}
      <Head form={form} onPanel={setPanel} />
      {days.kind === 'error' ? (
        <Refused form={form} />
      ) : (
        <Content load={days} lines={3}>
          {({ items, rules }) => (
            <>
              <DayStrip days={items} day={day} onPick={form.pickDay} />
              {items.some(({ status }) => status === 'open') ? (
                <Hints form={form} />
              ) : items.some(({ status }) => status === 'full') ? (
                <Notice tone="warn">
                  {form.move
                    ? '现在能约的日子都约满了，暂时改不了。原来的时间还为您留着，可以晚点再来看看。'
                    : '现在能约的日子都约满了。您可以选一天排候补，或到大厅现场取号。'}
                </Notice>
              ) : (
                <Empty
                  text={
                    form.move
                      ? '现在没有可以改的时间，原来的时间还为您留着，可以明天再来看看。'
                      : '现在没有可以预约的时间，您可以到大厅现场取号，或明天再来看看。'
                  }
                />
              )}
              <Standing form={form} />
              {notMoved ? <BookingProblem problem={act.problem} hallId={notMoved.hallId} /> : null}
              {day ? <Times form={form} day={day} /> : null}
              <Card>
                <Fold title="预约须知">
                  {rules.map((rule) => (
                    <Text key={rule} className="text-2">
                      · {rule}
                    </Text>
                  ))}
                </Fold>
              </Card>
            </>
          )}
        </Content>
      )}
      <VisitSheet
        isOpen={panel === 'visit'}
        itemId={form.itemId}
        hallId={form.hallId}
        names={new Map(loaded.map(({ id, name }) => [id, name]))}
        visit={visit}
        onDone={(next) => {
          close();
          if (JSON.stringify(next) !== JSON.stringify(visit)) form.changeVisit(next);
        }}
      />
      <BranchSheet
        open={panel === 'branch'}
        itemId={form.itemId}
        kind={visit.kind}
        hallId={form.hallId}
        onChange={form.changeHall}
        onClose={close}
      />
      {old && day && slot ? (
        <MoveSheet
          open={panel === 'move'}
          old={old}
          warning={warning}
          day={day}
          slot={slot}
          hallName={form.place?.hallName ?? old.hallName}
          act={act}
          onClose={() => {
            close();
            act.clear();
          }}
        />
      ) : null}
    </Page>
  );
}

/** What is booked, where and how; each line leads to where it is changed. */
function Head({ form, onPanel }: { form: DaysForm; onPanel: (panel: Panel) => void }) {
  const { items, place, visit, minutes, days } = form;
  const [item] = items.kind === 'ready' ? items.data : [];
  const kinds = days.kind === 'ready' ? days.data.kinds : [];
  const several = (item?.places.length ?? 0) > 1;
  return (
    <>
      <Text className="h1">{item?.name ?? '　'}</Text>
      <Card flush>
        <ListRow
          icon="place"
          title={place?.hallName ?? '　'}
          {...(several ? { id: 'act-branches', end: '换大厅', onTap: () => onPanel('branch') } : {})}
        />
        <ListRow
          icon="list"
          title={visitText(visit)}
          note={minutes > 0 ? `办理约 ${formatDuration({ value: minutes, unit: 'minute' })}` : undefined}
          {...(form.move ? {} : { id: 'act-visit', end: '修改', onTap: () => onPanel('visit') })}
        />
      </Card>
      {kinds.length > 1 && !form.move ? (
        <View>
          <ChoiceChips
            label="怎么办理"
            name="kind"
            value={visit.kind}
            choices={kinds.map((kind) => ({ value: kind, text: kindWords[kind].name }))}
            onChange={(kind) => form.changeVisit({ kind })}
          />
          {visit.kind === 'window' ? null : (
            <Text className="text-2 gap-top">{kindWords[visit.kind].about}</Text>
          )}
        </View>
      ) : null}
    </>
  );
}

function visitText({ files, also, persons, green, forWhom }: Visit): string {
  const things = also.length + 1;
  const all = also.reduce((sum, each) => sum + each.files, files);
  return [
    things > 1 ? `办 ${things} 件事` : '办 1 件事',
    all > things ? `共 ${all} 件` : '',
    `${persons} 人`,
    forWhom ? '替别人办' : '',
    green ? '绿色通道' : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

function Hints({ form }: { form: DaysForm }) {
  const { soonest, quietest } = form;
  if (!soonest) return null;
  const different = quietest && quietest.slotId !== soonest.slotId;
  return (
    <View className="buttons">
      <Button act="soonest" icon="bolt" onTap={() => form.pickHint(soonest)}>
        最快 {whichDay(soonest.day)} {soonest.startTime}
      </Button>
      {different ? (
        <Button act="quietest" icon="clock" onTap={() => form.pickHint(quietest)}>
          最空 {whichDay(quietest.day)} {quietest.startTime}
        </Button>
      ) : null}
    </View>
  );
}

function Times({ form, day }: { form: DaysForm; day: string }) {
  const { slots, dayFacts, waitFor } = form;
  return (
    <>
      <Content load={slots} lines={6}>
        {({ morning, afternoon, evening }) => {
          const all = [...morning, ...afternoon, ...evening];
          const free = all.filter(({ remaining }) => remaining > 0).length;
          return (
            <Card>
              <Text className="h2">{wholeDay(day)}</Text>
              <View className="text-2" {...statusRole()}>
                {all.length === 0
                  ? `这一天没有可以预约的时段${dayFacts?.note ? `：${dayFacts.note}` : ''}，请换一天。`
                  : free === 0
                    ? '这一天的时段都约满了。'
                    : `还有 ${free} 个时段可以约。`}
              </View>
              <SlotGrid
                groups={[
                  { title: '上午', slots: morning },
                  { title: '下午', slots: afternoon },
                  { title: '下班以后', slots: evening },
                ]}
                picked={form.slot}
                onPick={form.pickSlot}
              />
            </Card>
          );
        }}
      </Content>
      {waitFor ? (
        <WaitlistCard
          key={`${day} ${waitFor} ${JSON.stringify(form.visit)}`}
          itemId={form.itemId}
          hallId={form.hallId}
          day={day}
          visit={form.visit}
          full={waitFor}
          offerMinutes={form.offerMinutes}
        />
      ) : null}
    </>
  );
}

/** The rule, before it bites. */
function Standing({ form }: { form: DaysForm }) {
  const { standing, hallId, visit } = form;
  if (!standing) return null;
  if (!standing.mayBook) {
    return (
      <View>
        <Notice tone="warn">{standing.barText ?? '这一天您不能再预约了。'}</Notice>
        <View className="gap-top">
          <Button act="standing" onTap={() => open(standingPage(hallId, visit.forWhom))}>
            {standing.forName ? `看 ${standing.forName} 的预约情况` : '看我的预约情况'}
          </Button>
        </View>
      </View>
    );
  }
  const { warnings } = standing;
  return warnings.length > 0 ? <Notice tone="info">{warnings.join('')}</Notice> : null;
}

/** A visit that is not possible as it was put together leads back to an ordinary one. */
function Refused({ form }: { form: DaysForm }) {
  const { days } = form;
  if (days.kind !== 'error') return null;
  const { code } = days.problem;
  if (!code?.startsWith('VISIT_') || form.move) {
    return <ErrorBox problem={days.problem} onRetry={() => void days.reload()} />;
  }
  return (
    <View>
      <Notice tone="error">{days.problem.text}</Notice>
      <View className="gap-top">
        <Button
          act="plain-visit"
          onTap={() => form.changeVisit({ ...plainVisit, forWhom: form.visit.forWhom })}
        >
          只办这一件，重新选时间
        </Button>
      </View>
    </View>
  );
}
