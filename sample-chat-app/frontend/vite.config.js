import { defineConfig } from 'vite';

// Where `npm run dev` finds the running sample application.
const backend = process.env.CHAT_BACKEND ?? 'http://localhost:8080';

export default defineConfig({
  base: './',
  build: {
    // Below the build directory of the module: packaged with the application, removed by a clean build.
    outDir: '../target/frontend/static',
    emptyOutDir: true,
    // No data: addresses and no inline code: the page works under a strict content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    proxy: {
      '/hubs': { target: backend, ws: true },
      '/api': { target: backend },
    },
  },
});
