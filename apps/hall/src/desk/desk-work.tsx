import { Skeleton } from 'antd';
import { useState } from 'react';
import { BookDrawer } from '../bookings/book-drawer.js';
import { BookingDrawer } from '../bookings/booking-drawer.js';
import { CaseDrawer } from '../cases/case-drawer.js';
import { ProblemView } from '../common/views.js';
import { useShortcuts } from '../common/use-shortcuts.js';
import { CallTicket } from './call-ticket.js';
import { CheckIn } from './check-in.js';
import { CurrentTicket } from './current-ticket.js';
import { DeskBar } from './desk-bar.js';
import { DeskLists } from './desk-lists.js';
import { DeskNotice } from './desk-notice.js';
import { IssueTicket } from './issue-ticket.js';
import { NextTicket } from './next-ticket.js';
import { OpenCase } from './open-case.js';
import { useDesk } from './use-desk.js';

export function DeskWork({ deskId, left }: { deskId: string; left: () => void }) {
  const desk = useDesk(deskId, left);
  const { view, dialog, setDialog, problem, refresh } = desk;
  const closeDialog = () => setDialog(undefined);
  const [bookingActs, setBookingActs] = useState(0);
  const bookingsChanged = () => {
    setBookingActs((before) => before + 1);
    refresh();
  };
  useShortcuts(
    {
      ' ': desk.callNext,
      R: desk.recall,
      S: desk.start,
      N: desk.noShow,
      F2: desk.finish,
      F3: () => setDialog({ kind: 'book' }),
      F4: desk.openCase,
      F8: desk.togglePause,
      F9: () => setDialog({ kind: 'issue' }),
      F10: () => setDialog({ kind: 'checkIn' }),
    },
    dialog === undefined,
  );
  if (!view) {
    return (
      <div className="page">
        {problem ? <ProblemView problem={problem} retry={refresh} /> : <Skeleton active={false} />}
      </div>
    );
  }
  return (
    <div className="desk">
      <DeskBar desk={desk} view={view} />
      <DeskNotice desk={desk} />
      <CurrentTicket desk={desk} view={view} />
      <NextTicket desk={desk} view={view} />
      <DeskLists desk={desk} view={view} bookingActs={bookingActs} />
      {dialog?.kind === 'issue' && <IssueTicket close={closeDialog} issued={refresh} />}
      {dialog?.kind === 'checkIn' && <CheckIn close={closeDialog} done={refresh} />}
      {dialog?.kind === 'book' && <BookDrawer channel="desk" close={closeDialog} booked={bookingsChanged} />}
      {dialog?.kind === 'booking' && (
        <BookingDrawer bookingId={dialog.bookingId} close={closeDialog} changed={bookingsChanged} />
      )}
      {dialog?.kind === 'call' && (
        <CallTicket
          ticket={dialog.ticket}
          close={closeDialog}
          call={(reason) => void desk.callTicket(dialog.ticket, reason)}
        />
      )}
      {dialog?.kind === 'openCase' && view.current && (
        <OpenCase
          ticket={view.current}
          close={closeDialog}
          opened={(caseId) => {
            refresh();
            setDialog({ kind: 'case', caseId });
          }}
        />
      )}
      {dialog?.kind === 'case' && <CaseDrawer caseId={dialog.caseId} close={closeDialog} />}
    </div>
  );
}
