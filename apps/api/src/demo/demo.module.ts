import { Module } from '@nestjs/common';
import { GuideModule } from '../guide/guide.module.js';
import { DemoController } from './demo.controller.js';
import { DemoService } from './demo.service.js';

@Module({ imports: [GuideModule], controllers: [DemoController], providers: [DemoService] })
export class DemoModule {}
