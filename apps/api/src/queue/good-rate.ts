import { Injectable } from '@nestjs/common';

/** Where the display's satisfaction comes from: the rated visits and cases of a hall's day, 0 to 1, null without any. */
export interface GoodRateSource {
  goodRate(hallId: string, day: string): Promise<number | null>;
}

/**
 * The queue comes before the ratings and may not import them: they put themselves here when their module starts
 * (`goodRates.register(source)`).
 */
@Injectable()
export class GoodRates {
  private source: GoodRateSource | undefined;

  register(source: GoodRateSource): void {
    this.source = source;
  }

  async of(hallId: string, day: string): Promise<number | null> {
    return this.source ? this.source.goodRate(hallId, day) : null;
  }
}
