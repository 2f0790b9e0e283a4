import { cloudflareTest } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";
import { TEST_SETTINGS } from "./test/settings.ts";

const ELSEWHERE = ["test/**/node/**", "test/browser/**", "test/cli/**"];

export default defineConfig({
  test: {
    // The Worker's own log lines; what a test has to say is shown.
    onConsoleLog: (line) => !line.startsWith('{"event":'),
    // More than there are cores, for much is waited for: processes, and KV's one write a second.
    maxWorkers: 3,
    projects: [
      {
        // The Worker as it runs: workerd, with real KV and a real SQLite Durable Object. Files share an
        // isolate, for loading the Worker anew for each takes longer than most tests: what a test stores
        // `endWorld` deletes, and what modules keep is stale when the next world begins.
        plugins: [
          cloudflareTest({
            wrangler: { configPath: "./wrangler.toml" },
            miniflare: { bindings: TEST_SETTINGS },
          }),
        ],
        test: {
          name: "worker",
          include: ["test/**/*.test.ts"],
          exclude: ELSEWHERE,
          isolate: false,
          // The first page that is asked for loads the console, beside two other files on two cores.
          testTimeout: 20_000,
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
          // Commands say when something was in the time of whoever asks.
          env: { TZ: "UTC" },
          testTimeout: 60_000,
        },
      },
    ],
  },
});
