import { TemplateKey } from '@haoban/contracts';
import { Injectable } from '@nestjs/common';
import { templates } from './templates.js';

@Injectable()
export class TemplatesService {
  /** What the phone asks permission for. */
  list(): Promise<{ items: { key: TemplateKey; templateId: string; title: string }[] }> {
    const items = TemplateKey.options.map((key) => {
      const { templateId, title } = templates[key];
      return { key, templateId, title };
    });
    return Promise.resolve({ items });
  }
}
