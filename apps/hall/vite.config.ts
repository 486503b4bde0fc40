import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const library = (path: string) => fileURLToPath(new URL(`../../libs/${path}`, import.meta.url));

export default defineConfig({
  base: '/hall/',
  plugins: [react()],
  resolve: {
    // The sources, not dist: only what is used gets into the bundle, and a build needs no other build before it.
    alias: [
      { find: '@haoban/contracts/routes', replacement: library('contracts/src/routes.ts') },
      { find: '@haoban/design/tokens.css', replacement: library('design/src/tokens.css') },
      { find: /^@haoban\/design$/, replacement: library('design/src/tokens.ts') },
      { find: /^@haoban\/(domain|client)$/, replacement: library('$1/src/index.ts') },
    ],
  },
  build: { target: 'es2022', chunkSizeWarningLimit: 900, reportCompressedSize: false },
  server: { proxy: { '/api': { target: 'http://127.0.0.1:3000', ws: true } } },
});
