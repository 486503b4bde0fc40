import type { IPluginContext } from '@tarojs/service';
import { aria } from './aria-attributes';

/**
 * WeChat's elements take aria attributes, Taro's templates for them leave them out: this adds those that src/platform/a11y.weapp.ts
 * sets, to the templates here and to the runtime in aria-runtime.ts.
 */
export default (ctx: IPluginContext) => {
  ctx.registerMethod({
    name: 'onSetupClose',
    fn(platform: {
      ctx: unknown;
      runtimePath: string | string[];
      template?: { mergeComponents(ctx: unknown, components: typeof aria): void };
    }) {
      if (!platform.template) return;
      platform.template.mergeComponents(platform.ctx, aria);
      platform.runtimePath = [...[platform.runtimePath].flat(), require.resolve('./aria-runtime')];
    },
  });
};
