import { defineConfig } from "vitest/config";

/** Tests that drive a real Chromium; they need Debian's package `chromium`. */
export default defineConfig({
  test: {
    name: "browser",
    include: ["test/browser/**/*.test.ts"],
    globalSetup: "test/cli/node/bundle.ts",
    testTimeout: 60_000,
  },
});
