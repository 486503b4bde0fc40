import { errorCatalogue, type ErrorCode } from '@haoban/domain';

/** Facts for the client beside the code: which field, how long to wait, which slot. Never personal data. */
export type ErrorDetails = Readonly<Record<string, unknown>> | readonly unknown[];

/** The one way to refuse: a code of the catalogue, which fixes the HTTP status and the text, and optional facts. */
export class AppError extends Error {
  readonly status: number;

  constructor(
    readonly code: ErrorCode,
    readonly details?: ErrorDetails,
    options?: ErrorOptions,
  ) {
    super(code, options);
    this.name = 'AppError';
    this.status = errorCatalogue[code].status;
  }

  /** The Chinese text that people read: a sentence with the facts of the case where the details carry one, else the catalogue's. */
  get text(): string {
    const { details } = this;
    const told = details && 'text' in details ? details.text : undefined;
    return typeof told === 'string' ? told : errorCatalogue[this.code].message;
  }
}
