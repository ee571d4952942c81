import { defineConfig } from 'vite';

// Where `npm run dev` finds the running sample application.
const backend = process.env.BACKEND ?? 'http://localhost:8080';

export default defineConfig({
  base: './',
  build: {
    // Below the build directory of the module: packaged with the application, removed by a clean build.
    outDir: '../target/frontend/static',
    emptyOutDir: true,
    // No data: addresses and no inline code: the pages work under a strict content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: ['index.html', 'signalr.html', 'admin.html', 'login.html'],
    },
  },
  server: {
    proxy: {
      '/api': backend,
      '/client': { target: backend, ws: true },
      '/hubs': { target: backend, ws: true },
      '/login': { target: backend, bypass: (request) => (request.method === 'GET' ? request.url : undefined) },
      '/logout': backend,
    },
  },
});
