import type { Address } from '@haoban/contracts';
import { Injectable } from '@nestjs/common';
import { BlindIndex } from '../common/field-crypto.js';
import { sameText } from '../common/same-text.js';
import { canonical } from './receiver-cipher.js';

export interface QuotedFee {
  readonly citizenId: string;
  readonly caseId: string;
  readonly address: Address;
}

interface Sealed {
  /** Fee in fen. */
  readonly f: number;
  /** Expiry in epoch milliseconds. */
  readonly e: number;
}

/**
 * The price that a person saw, sealed for these minutes: the phone carries it, and can neither change it nor use it for
 * another person, case or address. Nothing is stored for a quote that nobody takes.
 */
@Injectable()
export class QuoteTokens {
  constructor(private readonly index: BlindIndex) {}

  seal(about: QuotedFee, feeFen: number, expiresAt: Date): string {
    const body = Buffer.from(JSON.stringify({ f: feeFen, e: expiresAt.getTime() } satisfies Sealed));
    const text = body.toString('base64url');
    return `${text}.${this.sign(about, text)}`;
  }

  /** The fee in fen; undefined for a token that expired, was altered or belongs to something else. */
  open(about: QuotedFee, token: string, now: Date): number | undefined {
    const [text = '', signature = '', ...more] = token.split('.');
    if (more.length > 0 || !sameText(signature, this.sign(about, text))) return undefined;
    const { f, e } = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as Sealed;
    return e > now.getTime() ? f : undefined;
  }

  private sign({ citizenId, caseId, address }: QuotedFee, text: string): string {
    return this.index.of('delivery.quote', [citizenId, caseId, canonical(address), text].join('\0'));
  }
}
