import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** Built front ends that this process serves beside the API. */
export interface PageFolders {
  readonly h5: string;
  readonly hall: string;
}

const YEAR_MS = 365 * 24 * 3600 * 1000;
const INITIALIZER = `window.ui = SwaggerUIBundle({
  url: '/api/openapi.json', dom_id: '#swagger-ui', deepLinking: true, persistAuthorization: false, validatorUrl: null,
  presets: [SwaggerUIBundle.presets.apis],
});
`;

function swaggerFolder(): string {
  const require = createRequire(join(process.cwd(), 'package.json'));
  return dirname(require.resolve('swagger-ui-dist/package.json'));
}

/** Files whose names carry a hash of their content never change; everything else is asked for again. */
function cacheFor(path: string): string {
  return /[.-][0-9a-zA-Z_-]{8,}\.(js|css|woff2?|png|svg|jpg|webp)$/.test(path)
    ? `public, max-age=${YEAR_MS / 1000}, immutable`
    : 'no-cache';
}

/** Serves /api/docs, and the phone app at / and the hall app at /hall/ where they are built. */
export async function servePages(fastify: FastifyInstance, folders: PageFolders): Promise<void> {
  await serveDocs(fastify);
  if (existsSync(join(folders.hall, 'index.html'))) {
    await fastify.register(fastifyStatic, staticOptions(folders.hall, '/hall/'));
    const shell = readFileSync(join(folders.hall, 'index.html'));
    // Its own addresses (/hall/desk) are resolved in the browser.
    fastify.get('/hall/*', (_request, reply) =>
      reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(shell),
    );
    fastify.get('/hall', (_request, reply) => reply.redirect('/hall/'));
  }
  if (existsSync(join(folders.h5, 'index.html'))) {
    await fastify.register(fastifyStatic, staticOptions(folders.h5, '/'));
  }
}

function staticOptions(root: string, prefix: string) {
  return {
    root,
    prefix,
    decorateReply: false,
    // One route a file: an unknown address stays unknown instead of being looked for on disk.
    wildcard: false,
    cacheControl: false,
    setHeaders: (reply: { setHeader(name: string, value: string): unknown }, path: string) => {
      reply.setHeader('cache-control', cacheFor(path));
    },
  };
}

async function serveDocs(fastify: FastifyInstance): Promise<void> {
  const folder = swaggerFolder();
  const file = (name: string) => readFileSync(join(folder, name));
  const html = file('index.html')
    .toString('utf8')
    .replaceAll('./', '/api/docs/')
    .replace('"index.css"', '"/api/docs/index.css"');
  const pages: Record<string, [type: string, content: Buffer | string]> = {
    '/api/docs': ['text/html; charset=utf-8', html],
    '/api/docs/swagger-initializer.js': ['text/javascript; charset=utf-8', INITIALIZER],
    '/api/docs/swagger-ui-bundle.js': ['text/javascript; charset=utf-8', file('swagger-ui-bundle.js')],
    '/api/docs/swagger-ui-standalone-preset.js': [
      'text/javascript; charset=utf-8',
      file('swagger-ui-standalone-preset.js'),
    ],
    '/api/docs/swagger-ui.css': ['text/css; charset=utf-8', file('swagger-ui.css')],
    '/api/docs/index.css': ['text/css; charset=utf-8', file('index.css')],
    '/api/docs/favicon-32x32.png': ['image/png', file('favicon-32x32.png')],
    '/api/docs/favicon-16x16.png': ['image/png', file('favicon-16x16.png')],
  };
  for (const [path, [type, content]] of Object.entries(pages)) {
    fastify.get(path, (_request, reply) =>
      reply.type(type).header('cache-control', 'no-cache').send(content),
    );
  }
  fastify.get('/api/docs/', (_request, reply) => reply.redirect('/api/docs'));
}

/** CSP sources for the scripts that stand inside the pages' HTML (Taro writes one), so that no other inline script runs. */
export function inlineScriptHashes(folders: PageFolders): string[] {
  return [folders.h5, folders.hall]
    .map((folder) => join(folder, 'index.html'))
    .filter((path) => existsSync(path))
    .flatMap((path) => [
      ...readFileSync(path, 'utf8').matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g),
    ])
    .map(([, script = '']) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`);
}
