import { expect, it } from "vitest";

import { slackWithCalls, SUPPORT } from "./calls.ts";

it("lists messages and requests in the order they came, refused ones included, without secrets", async () => {
  const { api, post, send, trigger, webhook } = slackWithCalls();
  await post(trigger.path, { title: "one" });
  await post(webhook.path, { text: "" });
  await api("chat.postMessage", { channel: "C0NOWHERE", text: "a" });
  await api("chat.postMessage", { channel: SUPPORT, text: "two" });

  const messages = await (await send("/_messages", {})).json();
  const requests = await (await send("/_requests", {})).json();

  expect(messages).toMatchObject([{ via: "workflow" }, { via: "bot", text: "two" }]);
  expect(requests).toMatchObject([
    { path: "/triggers/T0CAUSEWAY/4100000000001/…", status: 200, error: null },
    { path: "/services/T0CAUSEWAY/B0000000001/…", status: 400, error: "no_text" },
    { path: "/api/chat.postMessage", status: 200, error: "channel_not_found" },
    { path: "/api/chat.postMessage", status: 200, error: null },
  ]);
  const secrets = [trigger, webhook].map(({ path }) => path.split("/").at(-1));
  for (const secret of secrets) expect(JSON.stringify([messages, requests])).not.toContain(secret);
});

it("notes a cut connection as a request without a status", async () => {
  const { post, workspace } = slackWithCalls();
  workspace.faults.set({ on: "*", fault: "cut" });
  await post("/api/auth.test", {}).catch(() => undefined);
  expect(workspace.requests).toMatchObject([{ path: "/api/auth.test", status: 0, fault: "cut" }]);
});

it("lists a request when it arrives, before it is answered", async () => {
  const { post, workspace } = slackWithCalls({ now: () => 0 });
  workspace.faults.set({ on: "*", fault: "slow", delayMs: 20 });
  const answer = post("/api/auth.test", {});
  expect(workspace.requests).toMatchObject([
    { at: "1970-01-01T00:00:00.000Z", status: null, fault: "slow" },
  ]);
  await answer;
  expect(workspace.requests).toMatchObject([{ status: 200 }]);
});

it("forgets on demand", async () => {
  const { post, send, trigger, workspace } = slackWithCalls();
  await post(trigger.path, { title: "one" });
  await send("/_messages", { method: "DELETE" });
  expect([workspace.messages, workspace.requests]).toEqual([[], []]);
});

it("brings back what it was given, and goes on after it", async () => {
  const { api, workspace } = slackWithCalls({ now: () => 5000 });
  await api("chat.postMessage", { channel: "U0000000001", text: "before" });
  const snapshot = structuredClone({ messages: workspace.messages, requests: workspace.requests });

  const later = slackWithCalls({ now: () => 1000 });
  later.workspace.restore(snapshot);
  await later.api("chat.postMessage", { channel: SUPPORT, text: "after" });

  expect(later.workspace.messages.map(({ text, ts }) => [text, ts])).toEqual([
    ["before", "5.000000"],
    ["after", "5.000001"],
  ]);
  expect(later.workspace.channels.map(({ id }) => id)).toContain("D0000000001");
});

it("tells who watches after every change", async () => {
  const { post, trigger, workspace } = slackWithCalls();
  let changes = 0;
  const stop = workspace.subscribe(() => (changes += 1));
  await post(trigger.path, { title: "one" });
  expect(changes).toBeGreaterThan(0);
  const before = changes;
  stop();
  await post(trigger.path, { title: "two" });
  expect(changes).toBe(before);
});
