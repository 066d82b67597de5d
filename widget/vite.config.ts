import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

/** Where the Rasa process serves the page (docs/web-channel.md). */
const BASE = '/webhooks/web/';

export default defineConfig({
  base: BASE,
  plugins: [react()],
  build: {
    target: 'es2020',
    outDir: 'dist',
    // A strict `style-src 'self'; img-src 'self'` must hold: nothing may be inlined as data: URLs.
    assetsInlineLimit: 0,
    // The module preload polyfill would be an inline script in old browsers.
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: {
    proxy: { [`^${BASE}(session|messages|events|demo|verify|feedback)`]: 'http://127.0.0.1:5180' },
  },
  test: {
    // Files that need a document say so in their first line.
    environment: 'node',
    include: ['tests/**/*.test.{ts,tsx}'],
    restoreMocks: true,
    // ChatUI ships its modules without `"type": "module"`; Node alone would not read them.
    server: { deps: { inline: [/@chatui/] } },
  },
});
