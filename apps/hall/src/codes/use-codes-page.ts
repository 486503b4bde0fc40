import type { EntryKind } from '@haoban/contracts';
import { useState } from 'react';
import { client } from '../api/client.js';
import { useLoad } from '../common/use-load.js';
import { useStaff } from '../session/use-session.js';

export interface TargetOption {
  readonly value: string;
  readonly label: string;
}

const PAGE = 100;

/** What has a code: chosen on the left, its poster on the right. */
export function useCodesPage() {
  const { hallId } = useStaff();
  const [kind, setKind] = useState<EntryKind>('hall');
  const [chosen, setChosen] = useState<Partial<Record<EntryKind, string>>>({});
  const items = useLoad(kind === 'item' && hallId ? hallId : undefined, () => itemsOf(hallId ?? ''));
  const desks = useLoad(kind === 'window' ? 'desks' : undefined, windows);
  const targetId = kind === 'hall' ? (hallId ?? undefined) : chosen[kind];
  const code = useLoad(targetId && `${kind} ${targetId}`, () =>
    client.entryCodes.issue({ kind, targetId: targetId ?? '' }),
  );
  return {
    hallId,
    kind,
    setKind,
    options: kind === 'item' ? items : kind === 'window' ? desks : undefined,
    targetId,
    choose: (id: string | undefined) => setChosen((before) => ({ ...before, [kind]: id })),
    code,
  };
}

/** All items of the hall: a few hundred at most. */
async function itemsOf(hallId: string): Promise<TargetOption[]> {
  const options: TargetOption[] = [];
  for (;;) {
    const page = await client.guide.listItems({ hallId, limit: PAGE, offset: options.length });
    options.push(
      ...page.items.map(({ id, name, departmentName }) => ({
        value: id,
        label: `${name} · ${departmentName}`,
      })),
    );
    if (page.items.length === 0 || options.length >= page.total) return options;
  }
}

async function windows(): Promise<TargetOption[]> {
  const { items } = await client.queue.listDesks();
  return items.map(({ id, label, queueNames }) => ({
    value: id,
    label: [label, queueNames.join('、')].filter(Boolean).join(' · '),
  }));
}
