import helmet, { type FastifyHelmetOptions } from '@fastify/helmet';
import { fastify as newFastify, type FastifyInstance } from 'fastify';
import type { Config } from '../config.js';
import { inlineScriptHashes, type PageFolders } from './pages.js';

type Headers = Readonly<Record<string, string>>;

export interface SecurityHeaders {
  readonly page: Headers;
  /** For what is no page: see OWASP's REST security cheat sheet. */
  readonly data: Headers;
}

const DATA_HEADERS = new Set([
  'x-content-type-options',
  'cross-origin-resource-policy',
  'strict-transport-security',
]);

/**
 * The headers that tell browsers what our pages may do. They are the same for every answer, and helmet works them out anew for
 * each: so one answer is asked for at the start, and its headers are kept.
 */
export async function securityHeaders(config: Config, pages: PageFolders): Promise<SecurityHeaders> {
  const [bare, protectedToo] = await Promise.all([headersOf(), headersOf(helmetOptions(config, pages))]);
  const all = Object.entries(protectedToo).flatMap(([name, value]) =>
    name in bare || value === undefined ? [] : [[name, String(value)] as const],
  );
  return {
    page: Object.fromEntries(all),
    data: {
      ...Object.fromEntries(all.filter(([name]) => DATA_HEADERS.has(name))),
      'content-security-policy': "frame-ancestors 'self'",
    },
  };
}

async function headersOf(options?: FastifyHelmetOptions) {
  const server = newFastify();
  if (options) await server.register(helmet, options);
  server.get('/', () => '');
  const { headers } = await server.inject('/');
  await server.close();
  return headers;
}

/** On every answer, errors included. */
export function protect(fastify: FastifyInstance, { page, data }: SecurityHeaders): void {
  fastify.addHook('onRequest', ({ url }, reply, done) => {
    const isData = url.startsWith('/api/') && !url.startsWith('/api/docs');
    void reply.headers(isData ? data : page);
    done();
  });
}

function helmetOptions(config: Config, pages: PageFolders): FastifyHelmetOptions {
  const secure = config.http.publicUrl.startsWith('https:');
  const sockets =
    config.mode === 'production' ? [config.http.publicUrl.replace(/^http/, 'ws')] : ['ws:', 'wss:'];
  // In a demo the browser plays the phone: it asks the simulators for what WeChat would do.
  const simulators =
    config.mode === 'demo'
      ? [config.wechat.baseUrl, config.wechatpay.baseUrl, config.ems.baseUrl].map(
          (each) => new URL(each).origin,
        )
      : [];
  return {
    // Served over plain http on a developer's machine, these two would send the browser to https.
    hsts: secure && { maxAge: 180 * 24 * 3600 },
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'self'"],
        'script-src': ["'self'", ...inlineScriptHashes(pages)],
        'style-src': ["'self'", "'unsafe-inline'"],
        'img-src': ["'self'", 'data:', 'blob:'],
        'font-src': ["'self'", 'data:'],
        // Older browsers don't count the WebSocket as 'self'. A demo may be reached by another name than PUBLIC_URL.
        'connect-src': ["'self'", ...sockets, ...simulators],
        'frame-src': ["'self'", ...simulators],
        'object-src': ["'none'"],
        'base-uri': ["'self'"],
        'form-action': ["'self'"],
        'frame-ancestors': ["'self'"],
        ...(secure ? { 'upgrade-insecure-requests': [] } : {}),
      },
    },
  };
}
