import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WebSocket } from 'ws';
import { newCitizen, idNumberOf } from '../../support/builders/citizen.js';
import { seedCity } from '../../support/builders/city.js';
import { itemLike, openCase, requestId, servedVisit, toGranted } from '../../support/builders/cases.js';
import { newWorld, type World } from '../../support/world.js';

let world: World;
beforeAll(async () => {
  world = await newWorld({ jobs: false });
  await seedCity(world);
});
afterAll(() => world.close());

const refusal = (code: string) => ({ code });

describe('the look-up without an account', () => {
  it('shows the course and nothing about the person or what was written to them', async () => {
    const { opened, citizen, clerk } = await openCase(world);
    await clerk.api.cases.askCorrection({ caseId: opened.id, reason: '请补交林某的户口簿' });
    const seen = await world.client().cases.lookUp({
      caseNo: ` ${opened.caseNo.toLowerCase()} `,
      idLast4: citizen.idNumber.slice(-4),
    });
    expect(seen).toMatchObject({ caseNo: opened.caseNo, state: 'correction' });
    const text = JSON.stringify(seen);
    for (const secret of [citizen.name, citizen.idNumber, citizen.phone, '户口簿', opened.applicantMasked]) {
      expect(text).not.toContain(secret);
    }
    expect(seen.timeline.at(-1)?.text).toBe('说明请登录后查看');
  });

  it('reads X in either case', async () => {
    let serial = 0;
    while (!idNumberOf(serial, '19810101').endsWith('X')) serial++;
    const item = await itemLike(world);
    const person = await newCitizen(world, { idNumber: idNumberOf(serial, '19810101') });
    const { clerk, ticketId } = await servedVisit(world, item, person);
    const input = { requestId: requestId(), ticketId, receivedMaterialIds: item.requiredIds };
    const { caseNo } = await clerk.api.cases.open(input);
    const last4 = person.idNumber.slice(-4);
    for (const idLast4 of [last4, last4.toLowerCase()]) {
      expect((await world.client().cases.lookUp({ caseNo, idLast4 })).caseNo).toBe(caseNo);
    }
  });

  it('answers a wrong number and a case that nobody has alike, byte for byte', async () => {
    const { opened, citizen } = await openCase(world);
    const wrong = citizen.idNumber.endsWith('0000') ? '0001' : '0000';
    const ask = async (caseNo: string) => {
      const answer = await world.request('/api/cases/look-up', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ caseNo, idLast4: wrong }),
      });
      const { requestId: _id, ...body } = (await answer.json()) as Record<string, unknown>;
      return { status: answer.status, body };
    };
    const known = await ask(opened.caseNo);
    expect(known).toMatchObject({ status: 404, body: { code: 'CASE_LOOKUP_FAILED' } });
    expect(await ask('RCSM20200101000001Q')).toEqual(known);
  });

  it('takes ten tries a quarter of an hour for one case number, right ones too, known or not', async () => {
    const { opened, citizen } = await openCase(world);
    const right = citizen.idNumber.slice(-4);
    const wrong = right === '0000' ? '0001' : '0000';
    for (const caseNo of [opened.caseNo, 'RCSM20200101000002Q']) {
      const limited = await tries(caseNo, wrong);
      expect(limited).toEqual([...Array.from({ length: 10 }, () => 'CASE_LOOKUP_FAILED'), 'RATE_LIMITED']);
    }
    await expect(
      world.client().cases.lookUp({ caseNo: opened.caseNo, idLast4: right }),
    ).rejects.toMatchObject(refusal('RATE_LIMITED'));
  });

  it('takes thirty tries in five minutes from one address', async () => {
    const codes = new Set<string>();
    for (let n = 0; n < 31; n++) {
      const [code = ''] = await tries(`RCSM2020010200${String(n).padStart(4, '0')}Q`, '0000', 1);
      codes.add(code);
    }
    expect(codes).toContain('RATE_LIMITED');
  });
});

async function tries(caseNo: string, idLast4: string, count = 11): Promise<string[]> {
  const codes: string[] = [];
  for (let n = 0; n < count; n++) {
    const code = await world
      .client()
      .cases.lookUp({ caseNo, idLast4 })
      .then(
        () => 'ok',
        (error: unknown) => (error as { code: string }).code,
      );
    codes.push(code);
  }
  return codes;
}

interface Snapshot {
  type: string;
  code?: string;
  data?: { state: string };
}

async function watch(
  caseId: string,
  token: string | undefined,
): Promise<{ next(): Promise<Snapshot>; end(): void }> {
  const socket = new WebSocket(world.liveUrl);
  const inbox: Snapshot[] = [];
  const waiting: ((snapshot: Snapshot) => void)[] = [];
  socket.on('message', (raw: Buffer) => {
    const message = JSON.parse(raw.toString()) as Snapshot;
    if (message.type !== 'snapshot' && message.type !== 'error') return;
    const taker = waiting.shift();
    if (taker) taker(message);
    else inbox.push(message);
  });
  await new Promise((done) => socket.once('open', done));
  socket.send(JSON.stringify({ type: 'subscribe', topic: `case:${caseId}`, token }));
  return {
    next: () =>
      new Promise((take) => (inbox.length > 0 ? take(inbox.shift() as Snapshot) : waiting.push(take))),
    end: () => socket.close(),
  };
}

describe('the live topic of a case', () => {
  it('shows its citizen every change, and nobody else anything', async () => {
    const opened = await openCase(world, { steps: '1+1' });
    const mine = await watch(opened.caseId, await world.token(opened.citizen.actor));
    expect((await mine.next()).data?.state).toBe('accepted');
    await toGranted(opened);
    let state: string | undefined;
    while (state !== 'decided') state = (await mine.next()).data?.state;
    mine.end();
    const stranger = await newCitizen(world);
    for (const token of [await world.token(stranger.actor), await world.token(opened.clerk), undefined]) {
      const theirs = await watch(opened.caseId, token);
      expect((await theirs.next()).type).toBe('error');
      theirs.end();
    }
  });
});
