import { Global, Module } from '@nestjs/common';
import { LiveGateway } from './live.gateway.js';
import { LivePublisher } from './live-publisher.js';
import { LiveTopics } from './live-topics.js';

@Global()
@Module({
  providers: [LiveTopics, LivePublisher, LiveGateway],
  exports: [LiveTopics, LivePublisher, LiveGateway],
})
export class LiveModule {}
