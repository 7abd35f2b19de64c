import { defineConfig } from "vite";

export default defineConfig({
  build: {
    outDir: process.env.PAGE_OUT ?? "dist",
    emptyOutDir: true,
    target: "es2022",
    // The content policy allows no data: fonts, so nothing is inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
  },
  server: { proxy: { "/api": process.env.PAGE_API ?? "http://127.0.0.1:8080" } },
});
