import { Injectable } from '@nestjs/common';

type Source = () => Promise<ReadonlyMap<string, string>>;

/** Halls belong to the guide, which comes after identity; it hands their names in when it starts. */
@Injectable()
export class HallNames {
  private source: Source | undefined;

  register(source: Source): void {
    this.source = source;
  }

  /** By hall id; empty as long as nobody registered. */
  async all(): Promise<ReadonlyMap<string, string>> {
    return this.source ? this.source() : new Map<string, string>();
  }
}
