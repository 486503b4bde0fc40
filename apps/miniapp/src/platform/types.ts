import type { PayParams } from '@haoban/contracts';

/**
 * What a phone can do for us. Each capability has a twin for WeChat (`*.weapp.ts`) and one for the browser (`*.h5.ts`), because the
 * browser build of Taro answers "success" for calls that a browser does not have.
 */

/** The code that the server changes into a session; `cancelled` where the person closed the sheet. */
export type LoginOutcome =
  { kind: 'code'; code: string } | { kind: 'cancelled' } | { kind: 'unavailable'; text: string };
export type Login = () => Promise<LoginOutcome>;

/** Only a hint: whether it was paid is asked of the server. */
export type PayOutcome = { kind: 'done' } | { kind: 'cancelled' } | { kind: 'failed'; text: string };
export type RequestPayment = (
  params: PayParams,
  shown: { amountFen: number; title: string },
) => Promise<PayOutcome>;

export interface PostalAddress {
  readonly name: string;
  readonly phone: string;
  readonly province: string;
  readonly city: string;
  readonly county: string;
  readonly detail: string;
}
export type ChooseAddress = (start?: PostalAddress) => Promise<PostalAddress | undefined>;

export type GrantResult = 'accept' | 'reject' | 'ban' | 'filter';
export interface SubscribeTemplate {
  readonly templateId: string;
  readonly title: string;
}
/** Must be called from a tap, with at most three templates. Keys of the answer are template ids. */
export type Subscribe = (
  templates: readonly SubscribeTemplate[],
) => Promise<Readonly<Record<string, GrantResult>>>;

export interface Storage {
  get<T>(key: string): Promise<T | undefined>;
  set(key: string, value: unknown): Promise<void>;
  remove(key: string): Promise<void>;
}

export interface Speech {
  readonly available: boolean;
  /** Resolves when it was said, or at once where nothing can speak. */
  say(text: string): Promise<void>;
  stop(): void;
}

export interface LiveConnection {
  send(text: string): void;
  close(): void;
}
export interface LiveHandlers {
  onOpen(): void;
  onMessage(text: string): void;
  /** After this the connection is of no use. */
  onClose(): void;
}
export type OpenSocket = (path: string, handlers: LiveHandlers) => LiveConnection;

/** One of a few, of which one is chosen. */
export interface RadioState {
  readonly label: string;
  readonly checked: boolean;
  /** Can be read, not chosen. */
  readonly disabled?: boolean;
  /** The one that Tab comes to, where there is such a key. */
  readonly stop: boolean;
}

/** A question before something that can't be undone; `act` is what the button that does it says. */
export type Ask = (question: {
  readonly title: string;
  readonly text: string;
  readonly act: string;
}) => Promise<boolean>;

/** Degrees. */
export interface Position {
  readonly latitude: number;
  readonly longitude: number;
}
/** Undefined where the person said no, or the phone doesn't know. It stays on the phone. */
export type FindPosition = () => Promise<Position | undefined>;

export interface CalendarEvent {
  readonly title: string;
  readonly start: string;
  readonly end: string;
  readonly place: string;
  readonly text: string;
  /** How long before the start the phone reminds. */
  readonly remindMinutes: number;
}
/** `handed_over`: the browser got a file that the phone's calendar opens. */
export type CalendarOutcome = 'added' | 'handed_over' | 'refused';
/** @param file asks the server for the same as an iCalendar file, where one is needed */
export type AddToCalendar = (
  event: CalendarEvent,
  file: () => Promise<{ readonly fileName: string; readonly ics: string }>,
) => Promise<CalendarOutcome>;
