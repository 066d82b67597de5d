import { defineConfig } from 'vite';

/** The loader is one classic script without imports, so that one script tag is enough. */
export default defineConfig({
  build: {
    target: 'es2018',
    outDir: 'dist',
    emptyOutDir: false,
    reportCompressedSize: false,
    lib: {
      entry: 'src/loader/main.ts',
      formats: ['iife'],
      name: 'YuqiChatLoader',
      fileName: () => 'widget.js',
    },
  },
});
