import { Controller, Header } from '@nestjs/common';
import { BareRoute } from '../common/route.js';
import { demoPage } from './demo-page.js';
import { demoScript } from './demo-script.js';
import { DemoService, type DemoConfig } from './demo.service.js';

@Controller()
export class DemoController {
  constructor(private readonly demo: DemoService) {}

  @BareRoute('/demo/config.json', 'public')
  @Header('cache-control', 'no-store')
  describe(): Promise<DemoConfig> {
    return this.demo.describe();
  }

  @BareRoute('/demo', 'public')
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('cache-control', 'no-cache')
  async page(): Promise<string> {
    return demoPage(await this.demo.describe());
  }

  @BareRoute('/demo/page.js', 'public')
  @Header('content-type', 'text/javascript; charset=utf-8')
  @Header('cache-control', 'no-cache')
  script(): string {
    return demoScript;
  }
}
