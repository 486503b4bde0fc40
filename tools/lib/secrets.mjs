import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { readJson, writeFileSafely, writeJson } from './files.mjs';

const hex = (bytes) => randomBytes(bytes).toString('hex');
const digits = (count) => Array.from(randomBytes(count), (byte) => byte % 10).join('');

/** Made once per data folder, in the shapes that WeChat, WeChat Pay and EMS use; only the simulators know them. */
const makeSecrets = () => ({
  serverPassword: hex(16),
  jwtSecret: hex(32),
  dataKeys: `k1:${randomBytes(32).toString('base64')}`,
  indexKey: randomBytes(32).toString('base64'),
  wechatAppid: `wx${hex(8)}`,
  wechatSecret: hex(16),
  payMchid: `16${digits(8)}`,
  payMerchantSerial: hex(20).toUpperCase(),
  payPlatformSerial: `PUB_KEY_ID_01${digits(28)}`,
  payApiV3Key: hex(16),
  emsSenderNo: `11${digits(12)}`,
  emsAuthorization: hex(16).toUpperCase(),
  emsSignKey: randomBytes(16).toString('base64'),
  emsPushSecret: hex(16),
});

function makeKeyPair(folder, name) {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  writeFileSafely(join(folder, `${name}-private.pem`), privateKey, 0o600);
  writeFileSafely(join(folder, `${name}-public.pem`), publicKey);
}

/**
 * The secrets of a data folder, `keys` being the folder of the two RSA pairs of WeChat Pay: merchant-{private,public}.pem
 * and platform-{private,public}.pem. Kept in a file that only the owner can read.
 */
export function loadSecrets(dataDir) {
  const file = join(dataDir, 'secrets.json');
  const keys = join(dataDir, 'keys');
  const known = readJson(file);
  if (known) return { ...known, keys };
  makeKeyPair(keys, 'merchant');
  makeKeyPair(keys, 'platform');
  const secrets = makeSecrets();
  // Last, so that the file's presence means that the key pairs are there too.
  writeJson(file, secrets, 0o600);
  return { ...secrets, keys };
}
