import type { TemplateKey } from '@haoban/contracts';

// Type aliases, not interfaces: only these may stand where plain JSON is asked for.

/** A message to one citizen: always copied to the inbox, and sent through WeChat where a grant is left. */
export type Tell = {
  template: TemplateKey;
  citizenId: string;
  /** What happened to what, e.g. `ticket_called:<id>:2`; the same key twice is one message. */
  dedupeKey: string;
  title: string;
  body: string;
  /** Page of the mini-program with its query, or null. */
  page: string | null;
  /** The subscribe message's values by field, e.g. `{ thing1: '不动产转移登记' }`; no name, no ID number. */
  data: Record<string, string>;
};

export type RatingInvite = {
  subject: 'visit' | 'case';
  subjectId: string;
  citizenId: string | null;
  hallId: string;
  title: string;
  itemName: string;
  deskLabel: string | null;
  staffId: string | null;
  /** ISO instant. */
  endedAt: string;
};

export type PaymentChanged = {
  paymentId: string;
  subjectId: string;
  state: 'paid' | 'closed' | 'refunding' | 'refunded';
};

export type CitizenNamed = {
  citizenId: string;
};

/** What crosses from one feature to another after a commit, by outbox topic. A feature's own topics carry ids only. */
export interface SharedTopics {
  'notifications.tell': Tell;
  'booking.citizen-named': CitizenNamed;
  'ratings.invite': RatingInvite;
  'delivery.payment-changed': PaymentChanged;
}
