import { cloudflareTest } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";
import { TEST_SETTINGS } from "./test/settings.ts";

/** What keeps nothing: no Relay, no KV. */
const DOMAIN = [
  "test/*.test.ts",
  "test/{console,gitlab,linting,mappings,messages,operations,sandbox,simulation,slack,words}/**/*.test.ts",
];
const ELSEWHERE = ["test/**/node/**", "test/browser/**", "test/cli/**"];

const workerd = () =>
  cloudflareTest({
    wrangler: { configPath: "./wrangler.toml" },
    miniflare: { bindings: TEST_SETTINGS },
  });

export default defineConfig({
  test: {
    // The Worker's own log lines; what a test has to say is shown.
    onConsoleLog: (line) => !line.startsWith('{"event":'),
    // More than there are cores, for much is waited for: processes, and KV's one write a second.
    maxWorkers: 3,
    projects: [
      {
        // The Worker as it runs: workerd, with real KV and a real SQLite Durable Object.
        plugins: [workerd()],
        test: {
          name: "worker",
          include: ["test/**/*.test.ts"],
          exclude: [...ELSEWHERE, ...DOMAIN],
          // The first page of a file loads the console, beside two other files on two cores.
          testTimeout: 20_000,
        },
      },
      {
        // What keeps nothing, in workerd too: its files may share one isolate, which takes half the time.
        plugins: [workerd()],
        test: {
          name: "domain",
          include: DOMAIN,
          exclude: ELSEWHERE,
          isolate: false,
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
