import { createHash } from 'node:crypto';
import { WechatClient, WechatError } from '@haoban/wechat';
import { Injectable, Logger } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import { AppError } from '../common/app-error.js';
import { Config } from '../config.js';
import { EntryCodeEntity } from './entry-code.entity.js';

/** Where every code leads: a page of the mini-program, which asks us what its scene means. */
export const ENTRY_PAGE = 'pages/booking/enter/index';
/** The most that WeChat draws: 12 cm on paper at 270 dots per inch. */
const WIDTH = 1280;

export interface EntryPicture {
  readonly contentType: string;
  readonly image: Buffer;
}

/** The mini-program code as WeChat draws it, asked for once. */
@Injectable()
export class EntryPictureService {
  private readonly logger = new Logger(EntryPictureService.name);
  private readonly drawing = new Map<string, Promise<EntryPicture>>();

  constructor(
    @InjectRepository(EntryCodeEntity) private readonly codes: Repository<EntryCodeEntity>,
    private readonly wechat: WechatClient,
    private readonly config: Config,
  ) {}

  /** @throws AppError ENTRY_CODE_UNAVAILABLE, ENTRY_CODE_REFUSED */
  async get({ id, scene }: Pick<EntryCodeEntity, 'id' | 'scene'>): Promise<EntryPicture> {
    const drawnFor = this.stamp();
    const kept = await this.codes.findOne({
      select: { id: true, picture: true, pictureType: true, pictureOf: true },
      where: { id },
    });
    if (kept?.picture && kept.pictureType && kept.pictureOf === drawnFor) {
      return { contentType: kept.pictureType, image: kept.picture };
    }
    return this.drawOnce(scene, async () => {
      const drawn = await this.ask(scene);
      const { contentType: pictureType, image: picture } = drawn;
      await this.codes.update({ id }, { picture, pictureType, pictureOf: drawnFor });
      return drawn;
    });
  }

  /** Who asks meanwhile waits for the same picture; another process may draw it too, which does no harm. */
  private drawOnce(scene: string, draw: () => Promise<EntryPicture>): Promise<EntryPicture> {
    const known = this.drawing.get(scene);
    if (known) return known;
    const drawing = draw().finally(() => this.drawing.delete(scene));
    this.drawing.set(scene, drawing);
    return drawing;
  }

  private async ask(scene: string): Promise<EntryPicture> {
    try {
      return await this.wechat.getUnlimitedQrCode({ scene, page: ENTRY_PAGE, width: WIDTH });
    } catch (error) {
      if (!(error instanceof WechatError)) throw error;
      this.logger.error({ err: error, msg: 'WeChat gave no mini-program code' });
      const code = error.kind === 'refused' ? 'ENTRY_CODE_REFUSED' : 'ENTRY_CODE_UNAVAILABLE';
      throw new AppError(code, undefined, { cause: error });
    }
  }

  private stamp(): string {
    const { appId, baseUrl } = this.config.wechat;
    return createHash('sha256').update([appId, baseUrl, ENTRY_PAGE, WIDTH].join('\n')).digest('hex');
  }
}
