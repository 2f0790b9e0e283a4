import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { serve, type ServerType } from "@hono/node-server";
import { Hono } from "hono";
import { Log, LogLevel, Miniflare } from "miniflare";
import type { Bundle } from "../../../bench/build/bundle-worker.ts";
import { createGitlab } from "../../../src/sandbox/gitlab.ts";
import { sampleHeaders } from "../../../src/sandbox/sample-delivery.ts";
import { createSlack, type Slack } from "../../../src/sandbox/slack.ts";

/** The built Worker on workerd with real KV and SQLite, between the stand-ins for Slack and GitLab. */
export type World = {
  /** The Worker's address. */
  url: string;
  /** What a command needs to know to find this Worker, and GitLab. */
  env: Record<string, string>;
  slack: Slack;
  gitlab: ReturnType<typeof createGitlab>;
  kv: Awaited<ReturnType<Miniflare["getKVNamespace"]>>;
  /** Plays GitLab: sends a body, signed, and returns the event's id. */
  send: (body: string, hookPath?: string) => Promise<string>;
  /** Asks `/admin/api` as a program would. */
  api: <T>(path: string, init?: RequestInit) => Promise<T>;
  /** Waits until nothing is pending but what is paused. */
  settled: () => Promise<void>;
  stop: () => Promise<void>;
};

const TOKEN = "test-admin-token";
const SLACK_SIGNING_SECRET = "test-signing-secret";
const SIGNING_TOKEN = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
/** Starts everything on free ports of the loopback address, with these documents in KV. */
export async function worldOf(
  bundle: Bundle,
  documents: Record<string, unknown> = {},
  settings: Record<string, string> = {},
): Promise<World> {
  const slack = createSlack({
    tokens: ["xoxb-test"],
    app: {
      get origin() {
        return url;
      },
      signingSecret: SLACK_SIGNING_SECRET,
    },
  });
  const gitlab = createGitlab({ tokens: ["glpat-test"] });
  const { server, origin } = await listening(
    new Hono().route("/gitlab", gitlab.app).route("/", slack.app),
  );
  const texts = {
    ADMIN_TOKEN: TOKEN,
    GITLAB_SIGNING_TOKENS: SIGNING_TOKEN,
    HOOK_MASTER_SECRETS: "test-master-secret",
    SLACK_BOT_TOKEN: "xoxb-test",
    SLACK_SIGNING_SECRET,
    GITLAB_API_TOKEN: "glpat-test",
    SLACK_API_URL: `${origin}/api/`,
    SLACK_HOOK_ORIGINS: origin,
    GITLAB_URL: `${origin}/gitlab`,
    ...settings,
  };
  const miniflare = new Miniflare({
    host: "127.0.0.1",
    port: 0,
    log: new Log(LogLevel.ERROR),
    workers: [
      {
        config: {
          name: "causeway",
          compatibilityDate: bundle.compatibilityDate,
          compatibilityFlags: bundle.compatibilityFlags,
          manifest: {
            mainModule: bundle.modules[0] ?? "",
            modules: Object.fromEntries(
              bundle.modules.map((name) => [
                name,
                { type: "esm" as const, contents: readFileSync(join(bundle.folder, name), "utf8") },
              ]),
            ),
          },
          assets: {
            directory: join(import.meta.dirname, "../../../public"),
            hasUserWorker: true,
            // As wrangler.toml has it.
            runWorkerFirst: ["/*", "!/console/*"],
          },
          exports: { Relay: { type: "durable-object", storage: "sqlite" } },
          env: {
            RELAY: { type: "durable-object", worker: "causeway", exportName: "Relay" },
            MAPPINGS: { type: "kv", id: "MAPPINGS" },
            ...Object.fromEntries(
              Object.entries(texts).map(([name, value]) => [
                name,
                { type: "text" as const, value },
              ]),
            ),
          },
        },
      },
    ],
  });
  const url = (await miniflare.ready).origin;
  const kv = await miniflare.getKVNamespace("MAPPINGS");
  await Promise.all(
    Object.entries(documents).map(([key, document]) => kv.put(key, JSON.stringify(document))),
  );

  async function api<T>(path: string, init: RequestInit = {}): Promise<T> {
    const response = await fetch(`${url}/admin/api${path}`, {
      ...init,
      headers: { ...(init.headers as Record<string, string>), authorization: `Bearer ${TOKEN}` },
    });
    return (await response.json()) as T;
  }

  return {
    url,
    env: {
      CAUSEWAY_URL: url,
      CAUSEWAY_TOKEN: TOKEN,
      CAUSEWAY_SIGNING_TOKEN: SIGNING_TOKEN,
      GITLAB_URL: `${origin}/gitlab`,
      GITLAB_TOKEN: "glpat-test",
    },
    slack,
    gitlab,
    kv,
    api,
    async send(body, hookPath) {
      const response = await fetch(
        `${url}/gitlab/webhooks${hookPath === undefined ? "" : `/${hookPath}`}`,
        { method: "POST", headers: sampleHeaders(body, SIGNING_TOKEN), body },
      );
      const { id } = (await response.json()) as { id: string };
      return id;
    },
    async settled() {
      for (let tries = 0; tries < 400; tries += 1) {
        const { items } = await api<{ items: unknown[] }>("/events?state=pending&limit=1");
        if (items.length === 0) return;
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
      throw new Error("Something is still pending after ten seconds.");
    },
    async stop() {
      await miniflare.dispose();
      server.close();
      if ("closeAllConnections" in server) server.closeAllConnections();
    },
  };
}

async function listening(app: Hono): Promise<{ server: ServerType; origin: string }> {
  const server = await new Promise<ServerType>((resolve) => {
    const started: ServerType = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, () =>
      resolve(started),
    );
  });
  return { server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
