import { createDecipheriv } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { openEnvelope, sealEnvelope } from '@haoban/ems';
import fc from 'fast-check';

// The demo key and sample of the vendor's tool class CryptoThirdSM4Tools; published with it, of no account.
const DEMO_KEY = 'TvaBgrhE46sft3nZlfe7xw==';
const SAMPLE_JSON = '{"language":"zh-CN","orderId":"QIAO-20200618-004"}';
const SAMPLE =
  '|$4|efB6PnjDpgHG4xfrvYlXonyBuMJoGTynkfasopHvbl2u3nmNeP+rznA3DyRwb/2GeZL7I3rL6HKD5+Tv3Uy6x8jIDISbYG8Bg14caH2flYE=';

/** The same cipher of OpenSSL, which shares no code with the library's. */
function openWithOpenssl(envelope: string): string {
  const decipher = createDecipheriv('sm4-ecb', Buffer.from(DEMO_KEY, 'base64'), null);
  const sealed = Buffer.from(envelope.slice(4), 'base64');
  return Buffer.concat([decipher.update(sealed), decipher.final()]).toString('utf8');
}

describe('the EMS envelope', () => {
  it('reproduces the sample of the vendor', () => {
    expect(sealEnvelope(SAMPLE_JSON, DEMO_KEY)).toBe(SAMPLE);
    expect(openEnvelope(SAMPLE, DEMO_KEY)).toBe(SAMPLE_JSON);
  });

  it('carries any text, and OpenSSL reads it as JSON followed by the sign key', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (value) => {
        const text = JSON.stringify({ value });
        const envelope = sealEnvelope(text, DEMO_KEY);
        expect(openWithOpenssl(envelope)).toBe(text + DEMO_KEY);
        expect(openEnvelope(envelope, DEMO_KEY)).toBe(text);
      }),
      { numRuns: 50 },
    );
  });

  it('opens what came through a form that turned + into a blank, and what lacks the prefix', () => {
    expect(openEnvelope(SAMPLE.replaceAll('+', ' '), DEMO_KEY)).toBe(SAMPLE_JSON);
    expect(openEnvelope(SAMPLE.slice(4), DEMO_KEY)).toBe(SAMPLE_JSON);
  });

  it('does not open with another key, cut short or empty', () => {
    expect(openEnvelope(SAMPLE, Buffer.alloc(16, 7).toString('base64'))).toBeUndefined();
    expect(openEnvelope(SAMPLE.slice(0, -8), DEMO_KEY)).toBeUndefined();
    expect(openEnvelope('|$4|', DEMO_KEY)).toBeUndefined();
  });

  it('refuses a key that is not 16 bytes', () => {
    expect(() => sealEnvelope('{}', 'c2hvcnQ=')).toThrow('16 bytes');
  });
});
