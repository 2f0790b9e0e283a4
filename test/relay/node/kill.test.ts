import { randomUUID } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import issueOpen from "../../fixtures/gitlab/issue.open.json" with { type: "json" };
import { servedSlack } from "../../sandbox/node/serving.ts";
import { createCausewayProcess, type CausewayProcess } from "./causeway-process.ts";

const TOKEN = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
const PATH = "gitlab-com/support/dotcom/cmoc-handover";

describe("workerd killed with SIGKILL", () => {
  let slack: Awaited<ReturnType<typeof servedSlack>>;
  let causeway: CausewayProcess;
  let origin: string;

  beforeEach(async () => {
    slack = await servedSlack();
    causeway = await createCausewayProcess(
      {
        GITLAB_SIGNING_TOKENS: TOKEN,
        ADMIN_TOKEN: "admin",
        SLACK_BOT_TOKEN: "xoxb-kill",
        SLACK_API_URL: `${slack.url}/api/`,
        SLACK_HOOK_ORIGINS: slack.url,
      },
      {
        [`mapping/gitlab/${PATH}`]: {
          rules: [{ name: "All", on: "issue.open", to: "channel", message: "{{ event.title }}" }],
        },
        "destination/channel": { type: "channel", channel: "C0000000001", limit: "1/second" },
      },
    );
    origin = await causeway.start();
  }, 120_000);

  afterEach(async () => {
    await causeway.remove();
    slack.stop();
  });

  async function send(title: string): Promise<string> {
    const id = randomUUID();
    const now = new Date();
    const body = JSON.stringify({
      ...issueOpen,
      object_attributes: { ...issueOpen.object_attributes, title, iid: title.length },
    });
    const response = await fetch(`${origin}/gitlab/webhooks`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-gitlab-event": "Issue Hook",
        "webhook-id": id,
        "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
        "webhook-signature": new Webhook(TOKEN).sign(id, now, body),
      },
      body,
    });
    expect(response.status).toBe(202);
    return ((await response.json()) as { id: string }).id;
  }

  const titles = (): string[] => slack.workspace.messages.map(({ text }) => text);

  async function ask<T>(path: string): Promise<T> {
    const response = await fetch(`${origin}/admin/api${path}`, {
      headers: { authorization: "Bearer admin" },
    });
    return (await response.json()) as T;
  }

  it("between accepting and sending: what was accepted arrives after the start, once", async () => {
    await send("first");
    await expect.poll(titles, { timeout: 5_000 }).toEqual(["first"]);
    // One a second: the second one is accepted and waits for its turn.
    await send("second");
    expect(titles()).toEqual(["first"]);
    await causeway.kill();
    origin = await causeway.start();
    await expect.poll(titles, { timeout: 25_000 }).toEqual(["first", "second"]);
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect(titles()).toEqual(["first", "second"]);
    expect(await ask("/ledger")).toMatchObject({
      total: { received: 2, delivered: 2, pending: 0 },
    });
  });

  it("in the middle of a send: it is tried again, and counted as in doubt", async () => {
    slack.workspace.faults.set({ on: "*", fault: "hang" });
    const id = await send("in the middle");
    await expect.poll(() => slack.workspace.faults.orders.length).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 500));
    await causeway.kill();
    slack.workspace.faults.clear();
    origin = await causeway.start();
    await expect.poll(titles, { timeout: 25_000 }).toEqual(["in the middle"]);
    await expect
      .poll(async () => await ask(`/events/${id}`))
      .toMatchObject({
        state: "delivered",
        deliveries: [{ attempts: [{ status: null }, { status: 200 }] }],
      });
    expect(await ask("/ledger")).toMatchObject({ total: { deliveries: { inDoubt: 1 } } });
  });
});
