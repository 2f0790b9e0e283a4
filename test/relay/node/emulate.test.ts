import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createEmulator, type Emulator } from "emulate";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { blockProblems } from "../../block-kit/block-schema.ts";
import { createCausewayProcess, type CausewayProcess } from "./causeway-process.ts";

const TOKEN = `whsec_${Buffer.alloc(32, 5).toString("base64")}`;
const BOT = "xoxb-causeway";
const FIXTURES = join(import.meta.dirname, "../../fixtures/gitlab");
const GENERAL = "C000000001";

/** A Slack that somebody else wrote, so that a misunderstanding of ours is not on both sides. */
describe("delivering to the Slack of npm emulate", () => {
  let slack: Emulator;
  let causeway: CausewayProcess;
  let origin: string;
  const files = readdirSync(FIXTURES).filter((file) => file.endsWith(".json"));
  const bodies = files.map((file) => readFileSync(join(FIXTURES, file), "utf8"));
  // The update that comes along with a close says nothing new.
  const echoes = files.filter((file) => file.endsWith(".close-update.json")).length;

  beforeAll(async () => {
    const port = 20_000 + Math.floor(Math.random() * 20_000);
    slack = await createEmulator({
      service: "slack",
      port,
      seed: {
        slack: {
          team: { name: "Acme", domain: "acme" },
          tokens: [
            {
              token: BOT,
              type: "bot",
              user_id: "U0BOT00777",
              bot_id: "B000000777",
              bot_user_id: "U0BOT00777",
              app_id: "A000000001",
              scopes: ["chat:write", "channels:read", "channels:history"],
            },
          ],
          strict_scopes: true,
        },
      },
    });
    causeway = await createCausewayProcess(
      {
        GITLAB_SIGNING_TOKENS: TOKEN,
        ADMIN_TOKEN: "admin",
        SLACK_BOT_TOKEN: BOT,
        SLACK_API_URL: `${slack.url}/api/`,
        SLACK_HOOK_ORIGINS: slack.url,
      },
      {
        "mapping/gitlab/*": { rules: [{ name: "All", on: "*", to: ["channel", "hook"] }] },
        "destination/channel": {
          type: "channel",
          channel: GENERAL,
          limit: "none",
          confidential: true,
        },
        "destination/hook": {
          type: "webhook",
          url: `${slack.url}/services/T000000001/B000000001/X000000001`,
          limit: "none",
          confidential: true,
        },
      },
    );
    origin = await causeway.start();
  }, 120_000);

  afterAll(async () => {
    await causeway.remove();
    await slack.close();
  });

  async function send(body: string, id: string): Promise<string> {
    const now = new Date();
    const response = await fetch(`${origin}/gitlab/webhooks`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "webhook-id": id,
        "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
        "webhook-signature": new Webhook(TOKEN).sign(id, now, body),
      },
      body,
    });
    return `${response.status} ${((await response.json()) as { status: string }).status}`;
  }

  async function messages(): Promise<{ text: string; blocks?: unknown[]; ts: string }[]> {
    const response = await fetch(`${slack.url}/api/conversations.history`, {
      method: "POST",
      headers: { authorization: `Bearer ${BOT}`, "content-type": "application/json" },
      body: JSON.stringify({ channel: GENERAL, limit: 999 }),
    });
    const { messages: found } = (await response.json()) as {
      messages?: { text: string; blocks?: unknown[]; ts: string }[];
    };
    return found ?? [];
  }

  async function ledger(): Promise<{ total: Record<string, unknown> }> {
    const response = await fetch(`${origin}/admin/api/ledger`, {
      headers: { authorization: "Bearer admin" },
    });
    return (await response.json()) as { total: Record<string, unknown> };
  }

  it("posts an event of every type once to the channel and once to the webhook, in valid blocks", async () => {
    const told = bodies.length - echoes;
    expect(echoes).toBeGreaterThan(0);
    const before = (await messages()).length;
    const ids = bodies.map(() => randomUUID());
    for (const [index, body] of bodies.entries()) {
      expect(await send(body, ids[index] ?? "")).toBe("202 accepted");
    }
    await expect.poll(ledger, { timeout: 20_000 }).toMatchObject({
      total: { received: bodies.length, delivered: told, filtered: echoes, failed: 0 },
    });
    const posted = await messages();
    expect(posted.length - before).toBe(2 * told);
    const ours = posted.slice(0, 2 * told);
    expect(ours.filter(({ text }) => text === "")).toEqual([]);
    expect(ours.flatMap(({ blocks }) => blockProblems(blocks))).toEqual([]);

    for (const [index, body] of bodies.entries()) {
      expect(await send(body, ids[index] ?? "")).toBe("202 duplicate");
    }
    expect(await messages()).toHaveLength(posted.length);
  });
});
