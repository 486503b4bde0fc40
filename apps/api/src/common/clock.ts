/** The time of day, injected, so that a test can choose it. Rules get `clock.now()` as an argument. */
export abstract class Clock {
  abstract now(): Date;
}

export class SystemClock extends Clock {
  override now(): Date {
    return new Date();
  }
}

/** Stands still until it is told to move. */
export class FixedClock extends Clock {
  private at: number;

  constructor(at: Date | string) {
    super();
    this.at = new Date(at).getTime();
  }

  override now(): Date {
    return new Date(this.at);
  }

  set(at: Date | string): void {
    this.at = new Date(at).getTime();
  }

  /** @param milliseconds how far to move on */
  advance(milliseconds: number): void {
    this.at += milliseconds;
  }
}
