import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import type { Item } from '@haoban/contracts';
import { open as openPage } from '../../../hooks/navigate';
import { usePrincipals } from '../../../hooks/use-principals';
import { useCitizen } from '../../../hooks/use-session';
import { Button, ListRow, Tick } from '../../../ui/button';
import { Stepper } from '../../../ui/choice';
import { Field } from '../../../ui/field';
import { Sheet } from '../../../ui/sheet';
import { Content, Notice } from '../../../ui/states';
import { promise } from '../../../words';
import { BookingProblem } from '../booking-problem';
import { useGreen } from '../use-green';
import type { Visit } from '../visit';
import { WhoChoice } from '../who-choice';
import { useCompanions } from './use-companions';

/** More than this is a group, which the hall arranges by telephone. */
const MOST_PERSONS = 20;
const MOST_FILES = 9;
const MOST_OTHERS = 5;

interface VisitProps {
  readonly itemId: string;
  readonly hallId: string;
  readonly names: ReadonlyMap<string, string>;
  readonly visit: Visit;
  readonly onDone: (visit: Visit) => void;
}

/** What the visit is for and who comes. It takes effect as a whole when the sheet closes: each change means other times. */
export function VisitSheet({ isOpen, ...props }: VisitProps & { readonly isOpen: boolean }) {
  return isOpen ? <OpenVisitSheet {...props} /> : null;
}

function OpenVisitSheet({ itemId, hallId, names, visit, onDone }: VisitProps) {
  const [draft, setDraft] = useState(visit);
  const [added, setAdded] = useState<ReadonlyMap<string, string>>(new Map());
  const citizen = useCitizen();
  const principals = usePrincipals();
  const change = (part: Partial<Visit>) => setDraft((now) => ({ ...now, ...part }));
  const nameOf = (id: string) => names.get(id) ?? added.get(id) ?? '';
  return (
    <Sheet title="这次怎么办" open onClose={() => onDone(draft)} closeText="好了" done>
      <Text className="h2">办什么</Text>
      <Row name={nameOf(itemId)} unit="files" files={draft.files} onFiles={(files) => change({ files })} />
      {draft.also.map((each) => (
        <Row
          key={each.itemId}
          unit={each.itemId}
          name={nameOf(each.itemId)}
          files={each.files}
          onFiles={(files) =>
            change({
              also: draft.also.map((other) => (other.itemId === each.itemId ? { ...other, files } : other)),
            })
          }
          onRemove={() => change({ also: draft.also.filter((other) => other.itemId !== each.itemId) })}
        />
      ))}
      {draft.also.length < MOST_OTHERS ? (
        <Companions
          itemId={itemId}
          hallId={hallId}
          taken={draft.also.map((each) => each.itemId)}
          onAdd={({ id, name }) => {
            setAdded((now) => new Map(now).set(id, name));
            change({ also: [...draft.also, { itemId: id, files: 1 }] });
          }}
        />
      ) : null}

      <Text className="h2 visit__head">几个人一起来办</Text>
      <Stepper
        name="persons"
        label="人数"
        unit="人"
        value={draft.persons}
        most={MOST_PERSONS}
        onChange={(persons) => change({ persons })}
      />
      {draft.persons > 1 ? <Text className="text-2">同一时间为各位分别留名额，请一起到场。</Text> : null}

      {citizen?.realName ? (
        <>
          <Text className="h2 visit__head">替谁办</Text>
          <WhoChoice
            ownName={citizen.realName.nameMasked}
            principals={principals}
            value={draft.forWhom}
            onChange={(forWhom) => change({ forWhom })}
          />
        </>
      ) : null}

      <Text className="h2 visit__head">绿色通道</Text>
      <GreenChoice visit={draft} onChange={(green) => change({ green })} />
    </Sheet>
  );
}

interface RowProps {
  readonly unit: string;
  readonly name: string;
  readonly files: number;
  readonly onFiles: (files: number) => void;
  readonly onRemove?: () => void;
}

function Row({ unit, name, files, onFiles, onRemove }: RowProps) {
  return (
    <View className="visit__item">
      <Text className="visit__name">{name}</Text>
      <View className="row">
        <Stepper
          name={unit}
          label={`${name}件数`}
          unit="件"
          value={files}
          most={MOST_FILES}
          onChange={onFiles}
        />
        {onRemove ? (
          <View className="visit__remove">
            <Button kind="quiet" act={`remove-${unit}`} onTap={onRemove}>
              不办了
            </Button>
          </View>
        ) : null}
      </View>
    </View>
  );
}

function Companions(props: {
  itemId: string;
  hallId: string;
  taken: readonly string[];
  onAdd: (item: Pick<Item, 'id' | 'name'>) => void;
}) {
  const { itemId, hallId, taken, onAdd } = props;
  const [asked, setAsked] = useState(false);
  const { q, setQ, found } = useCompanions({ itemId, hallId, asked });
  if (!asked) {
    return (
      <View className="gap-top">
        <Button act="one-more" onTap={() => setAsked(true)}>
          再加一件事
        </Button>
      </View>
    );
  }
  return (
    <View className="gap-top">
      <Field
        id="companion"
        label="再加一件事"
        placeholder="搜事项，也可输拼音首字母"
        hint="只列出能在同一个窗口一起办的事项。"
        value={q}
        max={30}
        onChange={setQ}
      />
      <Content load={found} lines={3}>
        {({ items }) => {
          const free = items.filter(({ id }) => !taken.includes(id));
          return free.length === 0 ? (
            <Text className="text-2">没有能一起办的事项。别的事可以另外预约。</Text>
          ) : (
            <View>
              {free.map((item) => (
                <ListRow
                  key={item.id}
                  id={`add-${item.id}`}
                  title={item.name}
                  note={promise(item)}
                  end="加上"
                  onTap={() => {
                    onAdd(item);
                    setAsked(false);
                    setQ('');
                  }}
                />
              ))}
            </View>
          );
        }}
      </Content>
    </View>
  );
}

function GreenChoice({ visit, onChange }: { visit: Visit; onChange: (green: boolean) => void }) {
  const citizen = useCitizen();
  const { profile, problem, retry, page } = useGreen(visit.forWhom, visit.green);
  return (
    <View>
      <Tick id="act-green" on={visit.green} onChange={onChange}>
        <Text className="block">走绿色通道</Text>
        <Text className="text-2">给 65 岁以上老人、残疾人、孕期和哺乳期、重病或行动不便的人留的名额。</Text>
      </Tick>
      {visit.green && !citizen?.realName ? (
        <Notice tone="info">登录并完成实名登记后，才能确认能不能用绿色通道。</Notice>
      ) : null}
      {profile ? (
        <>
          <Notice tone={profile.mayUse ? 'good' : 'warn'}>{profile.text}</Notice>
          {profile.mayUse ? null : (
            <View className="gap-top">
              <Button act="green-evidence" onTap={() => openPage(page)}>
                {profile.forName ? `去替 ${profile.forName} 登记` : '去登记'}
              </Button>
            </View>
          )}
        </>
      ) : null}
      <BookingProblem problem={problem} hallId="" />
      {problem && !problem.code ? (
        <View className="gap-top">
          <Button act="green-again" icon="refresh" onTap={retry}>
            重试
          </Button>
        </View>
      ) : null}
    </View>
  );
}
