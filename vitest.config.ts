import { cloudflareTest } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";
import { TEST_SETTINGS } from "./test/settings.ts";

export default defineConfig({
  test: {
    // The Worker's own log lines; what a test has to say is shown.
    onConsoleLog: (line) => !line.startsWith('{"event":'),
    projects: [
      {
        // The Worker as it runs: workerd, with real KV and a real SQLite Durable Object.
        plugins: [
          cloudflareTest({
            wrangler: { configPath: "./wrangler.toml" },
            miniflare: { bindings: TEST_SETTINGS },
          }),
        ],
        test: {
          name: "worker",
          include: ["test/**/*.test.ts"],
          exclude: ["test/**/node/**", "test/browser/**"],
        },
      },
      {
        // What runs on Node: processes, sockets, the local start.
        test: {
          name: "node",
          include: ["test/**/node/**/*.test.ts"],
          exclude: ["test/cli/**"],
          testTimeout: 60_000,
        },
      },
      {
        // The command line as processes of its own, against the built Worker on workerd.
        test: {
          name: "cli",
          include: ["test/cli/node/**/*.test.ts"],
          globalSetup: "test/cli/node/bundle.ts",
          testTimeout: 60_000,
        },
      },
    ],
  },
});
