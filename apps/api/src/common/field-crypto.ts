import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config, type DataKey } from '../config.js';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Citizens' names, ID numbers, phones and addresses at rest: AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce.
 * A stored value is `keyId.base64url(nonce ‖ ciphertext ‖ tag)`. The field's name is authenticated with it, so that a value
 * that is moved to another column doesn't open.
 */
@Injectable()
export class FieldCipher {
  private readonly current: DataKey;
  private readonly keys: ReadonlyMap<string, Buffer>;

  constructor(config: Config) {
    const [current] = config.dataKeys;
    if (!current) throw new Error('DATA_KEYS holds no key');
    this.current = current;
    this.keys = new Map(config.dataKeys.map(({ id, key }) => [id, key]));
  }

  /** @param field the same name when it is read back, such as `citizen.name` */
  encrypt(field: string, plain: string): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.current.key, nonce);
    cipher.setAAD(aad(this.current.id, field));
    const sealed = Buffer.concat([nonce, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return `${this.current.id}.${sealed.toString('base64url')}`;
  }

  /** @throws Error where the value was changed, belongs to another field, or its key is no longer configured */
  decrypt(field: string, stored: string): string {
    const [keyId = '', text = ''] = stored.split('.');
    const key = this.keys.get(keyId);
    if (!key) throw new Error(`${field}: no data key "${keyId}" is configured`);
    const sealed = Buffer.from(text, 'base64url');
    if (sealed.length < NONCE_BYTES + TAG_BYTES) throw new Error(`${field}: the stored value is too short`);
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES));
    decipher.setAAD(aad(keyId, field));
    decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
    const body = sealed.subarray(NONCE_BYTES, -TAG_BYTES);
    return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
  }

  /** True where the value was encrypted with an older key and should be written again. */
  isStale(stored: string): boolean {
    return !stored.startsWith(`${this.current.id}.`);
  }
}

/** Finds an encrypted value without opening any: HMAC-SHA256 in hex (64 characters), separate for each field. */
@Injectable()
export class BlindIndex {
  private readonly key: Buffer;

  constructor(config: Config) {
    this.key = config.indexKey;
  }

  /** @param value already normalised: trimmed, an ID number's x in upper case, a phone's digits only */
  of(field: string, value: string): string {
    return createHmac('sha256', this.key).update(`${field}\0${value}`).digest('hex');
  }
}

function aad(keyId: string, field: string): Buffer {
  return Buffer.from(`${keyId}\0${field}`);
}
