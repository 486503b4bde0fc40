import type { HallBookingRow, ItemSummary } from '@haoban/contracts';
import { ApiError } from '@haoban/client';
import { dayOf, normaliseIdNumber, normaliseMobile, type VisitKind } from '@haoban/domain';
import { useRef, useState } from 'react';
import { client } from '../api/client.js';
import { newRequestId } from '../api/request-id.js';
import { serverNow } from '../api/server-clock.js';
import { isUnanswered, toProblem, type Problem } from '../common/problem.js';
import { useStaff } from '../session/use-session.js';
import { faultsOf, type BookFaults, type PersonFields, type VisitChoice } from './book-model.js';
import { usePerson } from './use-person.js';
import { useTimes } from './use-times.js';

export type StaffChannel = 'desk' | 'call';
type MainItem = Pick<ItemSummary, 'id' | 'name'>;
interface MoreItem extends MainItem {
  readonly files: number;
}

const nobody: PersonFields = { name: '', idNumber: '', phone: '', address: '' };

/** A booking for somebody at the desk or on the telephone. @param booked is told of each */
export function useBook(firstChannel: StaffChannel, booked: (booking: HallBookingRow) => void) {
  const { role } = useStaff();
  const [channel, setChannel] = useState(firstChannel);
  const [person, setPerson] = useState(nobody);
  const [item, setItem] = useState<MainItem>();
  const [files, setFiles] = useState(1);
  const [also, setAlso] = useState<readonly MoreItem[]>([]);
  const [persons, setPersons] = useState(1);
  const [kind, setKind] = useState<VisitKind>('window');
  const [override, setOverride] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<{ problem: Problem; mayOverride: boolean }>();
  const [done, setDone] = useState<HallBookingRow>();
  const request = useRef<{ readonly id: string; readonly body: string }>(undefined);

  const visit: VisitChoice | undefined = item && {
    itemId: item.id,
    files,
    also: also.map(({ id, files: count }) => ({ itemId: id, files: count })),
    persons,
    kind,
  };
  const found = usePerson(person.idNumber);
  const times = useTimes(visit);
  const known = found.state.status === 'ready' && found.whole ? found.state.data : undefined;
  const reachable = Boolean(known?.account?.phone);
  const slotId = times.slot?.id;
  const faults = faultsOf({ ...person, item, slotId, kind, reachable }, dayOf(serverNow()));
  const overrides = refusal?.mayOverride === true || (known?.suspendedUntil ?? null) !== null;

  const change =
    <T>(set: (value: T) => void) =>
    (value: T) => {
      setRefusal(undefined);
      set(value);
    };

  const book = async () => {
    setTried(true);
    if (Object.keys(faults).length > 0 || !visit || !slotId || busy) return;
    const phone = normaliseMobile(person.phone);
    const body = {
      slotId,
      itemId: visit.itemId,
      files,
      also: [...visit.also],
      persons,
      person: {
        name: person.name.trim(),
        idNumber: normaliseIdNumber(person.idNumber),
        ...(phone && { phone }),
      },
      channel,
      ...(kind === 'home' && { address: person.address.trim() }),
      ...(role === 'manager' && overrides && override.trim() && { overrideReason: override.trim() }),
    };
    const asked = JSON.stringify(body);
    // The same act again after a lost answer; another act as soon as anything in it is another.
    if (request.current?.body !== asked) request.current = { id: newRequestId(), body: asked };
    setBusy(true);
    setRefusal(undefined);
    try {
      const booking = await client.hallBookings.book({ requestId: request.current.id, ...body });
      request.current = undefined;
      setDone(booking);
      booked(booking);
    } catch (error) {
      if (!isUnanswered(error)) request.current = undefined;
      setRefusal({ problem: toProblem(error), mayOverride: isPersonalLimit(error) });
      if (error instanceof ApiError && error.code.startsWith('SLOT_')) times.again();
    } finally {
      setBusy(false);
    }
  };

  /** The next caller: everything anew but how people come. */
  const next = () => {
    setPerson(nobody);
    setItem(undefined);
    setFiles(1);
    setAlso([]);
    setPersons(1);
    setKind('window');
    setOverride('');
    setTried(false);
    setRefusal(undefined);
    setDone(undefined);
  };

  return {
    channel,
    setChannel,
    person,
    setPersonField: (field: keyof PersonFields, value: string) => {
      setRefusal(undefined);
      setPerson((before) => ({ ...before, [field]: value }));
    },
    found,
    item,
    setItem: change((chosen: MainItem | undefined) => {
      setItem(chosen);
      setAlso([]);
    }),
    files,
    setFiles: change(setFiles),
    also,
    setAlso: change(setAlso),
    persons,
    setPersons: change(setPersons),
    kind,
    setKind: change(setKind),
    times,
    faults: tried ? faults : ({} as BookFaults),
    /** What a manager writes to go beyond the person's limits; undefined where there is nothing to go beyond. */
    override: overrides && role === 'manager' ? override : undefined,
    setOverride,
    needsManager: overrides && role !== 'manager',
    problem: refusal?.problem,
    busy,
    done,
    /** Something would be lost by closing. */
    begun: !done && (person !== nobody || item !== undefined),
    book: () => void book(),
    next,
  };
}

export type BookModel = ReturnType<typeof useBook>;

/** One visit a day for the same item stands even for managers: a second only takes a place from somebody else. */
function isPersonalLimit(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false;
  if (error.code === 'BOOKING_SUSPENDED') return true;
  const { code, details } = error;
  const rule =
    typeof details === 'object' && details !== null && 'rule' in details ? details.rule : undefined;
  return code === 'BOOKING_LIMIT_REACHED' && rule !== 'item';
}
