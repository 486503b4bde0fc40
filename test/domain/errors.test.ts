import { describe, expect, it } from '@jest/globals';
import { errorCatalogue, isErrorCode } from '@haoban/domain';

describe('the error catalogue', () => {
  const entries = Object.entries(errorCatalogue);

  it.each(entries)('%s has an HTTP error status and a Chinese sentence', (code, { status, message }) => {
    expect(code).toMatch(/^[A-Z][A-Z_]*[A-Z]$/);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(600);
    expect(message).toMatch(/^[“\u4e00-\u9fff].*。$/);
  });

  it('never gives two codes the same text, so that a reader can tell them apart', () => {
    expect(new Set(entries.map(([, entry]) => entry.message)).size).toBe(entries.length);
  });

  it('knows its own codes and nothing inherited', () => {
    expect(isErrorCode('SLOT_FULL')).toBe(true);
    expect(isErrorCode('toString')).toBe(false);
  });
});
