import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BlindIndex, FieldCipher } from '../../../apps/api/src/common/field-crypto.js';
import type { Config } from '../../../apps/api/src/config.js';

const key = (id: string, byte: number) => ({ id, key: Buffer.alloc(32, byte) });
const config = (dataKeys: Config['dataKeys'], index = 1) =>
  ({ dataKeys, indexKey: Buffer.alloc(32, index) }) as unknown as Config;

describe('the field cipher', () => {
  const cipher = new FieldCipher(config([key('k1', 1)]));

  it('gives back any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(cipher.decrypt('citizen.name', cipher.encrypt('citizen.name', text))).toBe(text);
      }),
    );
  });

  it('never writes one value the same way twice', () => {
    expect(cipher.encrypt('citizen.name', '张三')).not.toBe(cipher.encrypt('citizen.name', '张三'));
  });

  it('refuses a value in which any byte was changed', () => {
    const stored = cipher.encrypt('citizen.phone', '13800138000');
    const [id = '', text = ''] = stored.split('.');
    const bytes = Buffer.from(text, 'base64url');
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => cipher.decrypt('citizen.phone', `${id}.${changed.toString('base64url')}`)).toThrow();
    }
    expect(() => cipher.decrypt('citizen.phone', `${id}.${text.slice(0, 20)}`)).toThrow();
  });

  it('refuses a value that was moved to another field', () => {
    expect(() => cipher.decrypt('citizen.address', cipher.encrypt('citizen.name', '张三'))).toThrow();
  });

  it('reads with an older key after a rotation and says that the value is stale', () => {
    const old = cipher.encrypt('citizen.name', '张三');
    const rotated = new FieldCipher(config([key('k2', 2), key('k1', 1)]));
    expect(rotated.decrypt('citizen.name', old)).toBe('张三');
    expect(rotated.isStale(old)).toBe(true);
    const fresh = rotated.encrypt('citizen.name', '张三');
    expect(fresh.startsWith('k2.')).toBe(true);
    expect(rotated.isStale(fresh)).toBe(false);
    expect(() => cipher.decrypt('citizen.name', fresh)).toThrow(/k2/);
  });

  it('names the field but no data when it fails', () => {
    expect(() => cipher.decrypt('citizen.name', 'k9.secret')).toThrow(
      'citizen.name: no data key "k9" is configured',
    );
  });
});

describe('the blind index', () => {
  const index = new BlindIndex(config([key('k1', 1)]));

  it('is the same for the same value, 64 hex digits, and differs by field and by key', () => {
    const found = index.of('citizen.idNumber', '11010519491231002X');
    expect(found).toMatch(/^[0-9a-f]{64}$/);
    expect(index.of('citizen.idNumber', '11010519491231002X')).toBe(found);
    expect(index.of('agent.idNumber', '11010519491231002X')).not.toBe(found);
    expect(new BlindIndex(config([key('k1', 1)], 2)).of('citizen.idNumber', '11010519491231002X')).not.toBe(
      found,
    );
  });
});
