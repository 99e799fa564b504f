import { defineConfig } from 'vite';

const api = process.env.API_ORIGIN ?? 'http://127.0.0.1:8080';

export default defineConfig({
  base: '/admin/',
  // Some dependency brings an older React to the workspace's root; a page must have one React only: this app's.
  resolve: { dedupe: ['react', 'react-dom'] },
  build: {
    outDir: '../dist/web/admin',
    emptyOutDir: true,
    chunkSizeWarningLimit: 900,
    reportCompressedSize: true,
    // MUI marks every file 'use client', which means nothing in a bundle for browsers.
    rolldownOptions: { checks: { moduleLevelDirective: false } },
  },
  server: { proxy: { '/v1': api } },
});
