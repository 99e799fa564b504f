import { defineConfig } from 'vite';

const api = process.env.API_ORIGIN ?? 'http://127.0.0.1:3000';

export default defineConfig({
  base: '/',
  build: {
    outDir: '../dist/web/tenant',
    emptyOutDir: true,
    chunkSizeWarningLimit: 900,
    reportCompressedSize: true,
    // Some libraries mark every file 'use client', which means nothing in a bundle for browsers.
    rolldownOptions: { checks: { moduleLevelDirective: false } },
  },
  server: { proxy: { '/v1': api } },
});
