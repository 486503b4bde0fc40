import qrcode from 'qrcode-generator';
import { field, text } from '../common/json.js';
import type { Answer } from '../common/http-server.js';
import { grayPng } from '../common/png.js';
import { wechatError } from './errors.js';
import type { WechatWorld } from './state.js';

/** Mini-program codes. Source: developers.weixin.qq.com, 获取不限制的小程序码. */

const SCENE = /^[0-9A-Za-z!#$&'()*+,/:;=?@\-._~]*$/;
const LONGEST_SCENE = 32;
const KEPT_CODES = 200;
/** Light modules around the code, without which no camera finds it. */
const QUIET = 4;

export function unlimitedCode(world: WechatWorld, body: unknown): Answer {
  const scene = text(body, 'scene') ?? '';
  if (scene === '' || scene.length > LONGEST_SCENE) {
    throw wechatError(40169, 'invalid length for scene, or the data is not json string');
  }
  if (!SCENE.test(scene)) throw wechatError(40129, 'invalid scene');
  const page = text(body, 'page') ?? '';
  if (page.startsWith('/') || /[?#]/.test(page)) throw wechatError(41030, 'invalid page');
  const checked = field(body, 'check_path') ?? true;
  if (typeof checked !== 'boolean') throw wechatError(40097, 'invalid args, check_path');
  const { pages } = world.config;
  if (checked && page !== '' && pages !== undefined && !pages.includes(page)) {
    throw wechatError(41030, 'invalid page');
  }
  const version = field(body, 'env_version');
  if (version !== undefined && version !== 'release' && version !== 'trial' && version !== 'develop') {
    throw wechatError(40097, 'invalid args, env_version');
  }
  const width = field(body, 'width') ?? 430;
  if (typeof width !== 'number' || !Number.isInteger(width) || width < 280 || width > 1280) {
    throw wechatError(40097, 'invalid args, width');
  }
  remember(world, scene, page);
  return {
    status: 200,
    headers: { 'content-type': 'image/png' },
    body: codePicture(codeAddress(world, scene, page), width),
  };
}

/**
 * What the picture says. The real round code is read by WeChat's own app only, which opens the page with `scene`; ours
 * is a plain QR code with the address of the same page in the browser, so that any camera opens it.
 */
export function codeAddress({ config }: WechatWorld, scene: string, page: string): string {
  const at = `${page || 'pages/home/index'}?scene=${encodeURIComponent(scene)}`;
  return config.appUrl === undefined ? at : `${config.appUrl.replace(/\/+$/, '')}/#/${at}`;
}

/** A square PNG: whole pixels per module, what is left over is margin. */
export function codePicture(content: string, width: number): Buffer {
  const code = qrcode(0, 'M');
  code.addData(content);
  code.make();
  const count = code.getModuleCount();
  const scale = Math.max(1, Math.floor(width / (count + 2 * QUIET)));
  const margin = Math.floor((width - count * scale) / 2);
  const blank = Buffer.alloc(width, 255);
  const rows = Array.from({ length: count }, (_row, row) => {
    const pixels = Buffer.from(blank);
    for (let column = 0; column < count; column += 1) {
      const left = margin + column * scale;
      if (code.isDark(row, column)) pixels.fill(0, left, left + scale);
    }
    return pixels;
  });
  return grayPng(
    Array.from({ length: width }, (_pixel, y) => rows[Math.floor((y - margin) / scale)] ?? blank),
  );
}

/** The same code again is the same row, newest last: the page of the simulator lists what hangs on the walls. */
function remember(world: WechatWorld, scene: string, page: string): void {
  const { state } = world.store;
  state.qrCodes = state.qrCodes.filter((each) => each.scene !== scene || each.page !== page);
  state.qrCodes.push({ scene, page, at: new Date().toISOString() });
  if (state.qrCodes.length > KEPT_CODES) state.qrCodes.shift();
  world.store.changed();
}
