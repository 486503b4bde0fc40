import { createHash } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';
import { field, text } from '../common/json.js';
import type { Answer } from '../common/http-server.js';
import { wechatError } from './errors.js';
import type { WechatWorld } from './state.js';

/** Mini-program codes. Source: developers.weixin.qq.com, 获取不限制的小程序码. */

const CELLS = 29;
const SCENE = /^[0-9A-Za-z!#$&'()*+,/:;=?@\-._~]{1,32}$/;

export function unlimitedCode(world: WechatWorld, body: unknown): Answer {
  const scene = text(body, 'scene') ?? '';
  if (!SCENE.test(scene))
    throw wechatError(40169, 'invalid length for scene, or the data is not json string');
  const page = text(body, 'page') ?? '';
  if (page.startsWith('/') || page.includes('?')) throw wechatError(41030, 'invalid page');
  const version = field(body, 'env_version');
  if (version !== undefined && version !== 'release' && version !== 'trial' && version !== 'develop') {
    throw wechatError(40097, 'invalid args, env_version');
  }
  const width = field(body, 'width') ?? 430;
  if (typeof width !== 'number' || !Number.isInteger(width) || width < 280 || width > 1280) {
    throw wechatError(40097, 'invalid args, width');
  }
  world.store.state.qrCodes.push({ scene, page, at: new Date().toISOString() });
  if (world.store.state.qrCodes.length > 200) world.store.state.qrCodes.shift();
  world.store.changed();
  return { status: 200, headers: { 'content-type': 'image/png' }, body: picture(scene, page, width) };
}

/**
 * A real PNG with a pattern made from scene and page. Only WeChat's own app can read the real round code, so this one
 * just looks different for different scenes and carries both as text chunks.
 */
function picture(scene: string, page: string, width: number): Buffer {
  const digest = createHash('sha512').update(`${scene}\n${page}`).digest();
  const dark = (x: number, y: number) => {
    const radius = Math.hypot(x - CELLS / 2 + 0.5, y - CELLS / 2 + 0.5);
    if (radius > CELLS / 2 || radius < 4) return radius < 3;
    const index = (x * CELLS + y) % 512;
    return (((digest[index >> 3] ?? 0) >> (index & 7)) & 1) === 1;
  };
  const rows = Array.from({ length: width }, (_row, y) => {
    const row = Buffer.alloc(width + 1, 255);
    row[0] = 0;
    for (let x = 0; x < width; x += 1) {
      if (dark(Math.floor((x * CELLS) / width), Math.floor((y * CELLS) / width))) row[x + 1] = 0;
    }
    return row;
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(width, 4);
  header[8] = 8;
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('tEXt', Buffer.from(`scene\0${scene}`, 'latin1')),
    chunk('tEXt', Buffer.from(`page\0${page}`, 'latin1')),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(data.length + 12);
  out.writeUInt32BE(data.length, 0);
  named.copy(out, 4);
  out.writeUInt32BE(crc32(named), data.length + 8);
  return out;
}
