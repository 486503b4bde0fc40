import { distanceMetres } from '@haoban/domain';
import { useState } from 'react';
import { api } from '../../../api/api';
import { useAction } from '../../../hooks/use-action';
import { useLoad } from '../../../hooks/use-load';
import { findPosition } from '../../../platform/position';
import type { Position } from '../../../platform/types';
import type { VisitKind } from '../visit';

export interface Branch {
  readonly hallId: string;
  readonly hallName: string;
  readonly address: string;
  readonly soonest: { readonly day: string; readonly startTime: string } | null;
  readonly metres: number | undefined;
}

/**
 * The halls that do this item (同城通办): soonest first, and nearest first once the person let the phone say where it is. The
 * position is compared on the phone and goes nowhere.
 */
export function useBranches({ itemId, kind, asked }: { itemId: string; kind: VisitKind; asked: boolean }) {
  const [here, setHere] = useState<Position>();
  const [unknown, setUnknown] = useState(false);
  const found = useLoad(asked ? `${itemId} ${kind}` : undefined, async () => {
    const [branches, halls] = await Promise.all([
      api.booking.listBranches({ itemId, kind }),
      api.guide.listHalls(),
    ]);
    return { branches: branches.items, halls: halls.items };
  });
  const locate = useAction(async () => {
    const position = await findPosition();
    setHere(position);
    setUnknown(position === undefined);
  });

  const { branches, halls } = found.kind === 'ready' ? found.data : { branches: [], halls: [] };
  const list = branches.map((branch): Branch => {
    const hall = halls.find(({ id }) => id === branch.hallId);
    return { ...branch, metres: here && hall ? distanceMetres(here, hall) : undefined };
  });
  const soonness = ({ soonest }: Branch) => (soonest ? `${soonest.day} ${soonest.startTime}` : '~');
  list.sort((a, b) =>
    here ? (a.metres ?? Infinity) - (b.metres ?? Infinity) : soonness(a).localeCompare(soonness(b)),
  );
  return { found, list, byDistance: here !== undefined, unknown, locate };
}
