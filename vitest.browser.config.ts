import { defineConfig } from "vitest/config";

/** Tests that drive a real Chromium; they need Debian's package `chromium`. */
export default defineConfig({
  test: {
    // The Worker's own log lines; what a test has to say is shown.
    onConsoleLog: (line) => !line.startsWith('{"event":'),
    name: "browser",
    include: ["test/browser/**/*.test.ts"],
    globalSetup: "test/cli/node/bundle.ts",
    testTimeout: 60_000,
  },
});
