import { describe, expect, it, test } from "vitest";

import type { FaultName } from "../../src/sandbox/faults.ts";
import { slackWithCalls, SUPPORT } from "./calls.ts";

type Seen = [status: number, body: string];

/** A message through each of the three doors: what came back, or why nothing did, and what was posted. */
async function throughAllDoors(fault: FaultName) {
  const { post, trigger, webhook, workspace } = slackWithCalls();
  workspace.faults.set({ on: "*", fault, delayMs: 1 });
  const tries: Promise<Response>[] = [
    post(trigger.path, { title: "a" }),
    post(webhook.path, { text: "a" }),
    post("/api/chat.postMessage", { channel: SUPPORT, text: "a" }),
  ];
  const seen = tries.map((each) =>
    each.then(
      async (answer): Promise<Seen> => [answer.status, await answer.text()],
      (error: Error): Seen => [0, error.message],
    ),
  );
  return { seen: await Promise.all(seen), posted: workspace.messages.length };
}

describe("each fault", () => {
  test.for<[FaultName, Seen, Seen, Seen, number]>([
    ["rate_limited", [429, "ratelimited"], [429, "rate_limited"], [429, "ratelimited"], 0],
    ["rate_limited_without_retry_after", [429, ""], [429, ""], [429, ""], 0],
    ["server_error", [503, ""], [503, ""], [503, "service_unavailable"], 0],
    ["html_error", [502, "<html>"], [502, "<html>"], [502, "<html>"], 0],
    ["cut", [0, "connection lost"], [0, "connection lost"], [0, "connection lost"], 0],
    ["cut_after_accept", [0, "connection lost"], [0, "connection lost"], [0, "connection lost"], 3],
    ["archived", [200, "true"], [410, "channel_is_archived"], [200, "is_archived"], 0],
    ["revoked", [404, ""], [404, "no_service"], [200, "token_revoked"], 0],
    ["slow", [200, "true"], [200, "ok"], [200, "true"], 3],
    ["internal_error", [500, ""], [500, ""], [200, "internal_error"], 0],
    ["fatal_error", [500, ""], [500, ""], [200, "fatal_error"], 3],
    ["invalid_auth", [403, ""], [403, "invalid_token"], [200, "invalid_auth"], 0],
    ["missing_scope", [403, ""], [403, "action_prohibited"], [200, '"needed":"chat:write"'], 0],
    ["not_in_channel", [200, "true"], [404, "channel_not_found"], [200, "not_in_channel"], 0],
    ["invalid_blocks", [400, ""], [400, "invalid_payload"], [200, "response_metadata"], 0],
    ["redirect", [302, ""], [302, ""], [302, ""], 0],
  ])("%s is answered in the words of each door", async ([fault, trigger, webhook, api, posted]) => {
    const outcome = await throughAllDoors(fault);
    expect(outcome.seen.map(([status]) => status)).toEqual([trigger[0], webhook[0], api[0]]);
    [trigger, webhook, api].forEach(([, body], door) =>
      expect(outcome.seen[door]?.[1]).toContain(body),
    );
    expect(outcome.posted).toBe(posted);
  });

  it("rate_limited says when to come back, as the order says or after two seconds", async () => {
    const { post, workspace } = slackWithCalls();
    workspace.faults.set({ on: "*", fault: "rate_limited", retryAfter: 7, times: 1 });
    workspace.faults.set({ on: "*", fault: "rate_limited", times: 1 });
    workspace.faults.set({ on: "*", fault: "rate_limited_without_retry_after", times: 1 });
    const waits: (string | null)[] = [];
    for (const method of ["auth.test", "auth.test", "auth.test"]) {
      waits.push((await post(`/api/${method}`, {})).headers.get("retry-after"));
    }
    expect(waits).toEqual(["7", "2", null]);
  });

  it("hang lasts until the caller gives up", async () => {
    const { send, workspace } = slackWithCalls();
    workspace.faults.set({ on: "*", fault: "hang" });
    const patience = new AbortController();
    const call = send("/api/auth.test", { method: "POST", signal: patience.signal });
    const outcome = call.then(
      () => "answered",
      () => "gave up",
    );
    const early = new Promise((resolve) => setTimeout(() => resolve("still waiting"), 30));
    expect(await Promise.race([outcome, early])).toBe("still waiting");
    patience.abort();
    expect(await outcome).toBe("gave up");
  });

  it("cut is done by whoever creates the stand-in, when asked", async () => {
    const { post, workspace } = slackWithCalls({
      cut: () => {
        throw new TypeError("gone");
      },
    });
    workspace.faults.set({ on: "*", fault: "cut" });
    await expect(post("/api/auth.test", {})).rejects.toThrow("gone");
  });
});

describe("an order", () => {
  it("counts down, and the next one takes over", async () => {
    const { api, workspace } = slackWithCalls();
    workspace.faults.set({ on: "/api/chat.*", fault: "archived", times: 2 });
    workspace.faults.set({ on: "/api/*", fault: "missing_scope", times: 1 });
    const errors: unknown[] = [];
    for (let call = 0; call < 4; call += 1) {
      errors.push((await api("chat.postMessage", { channel: SUPPORT, text: "a" }))["error"]);
    }
    expect(errors).toEqual(["is_archived", "is_archived", "missing_scope", undefined]);
    expect(workspace.faults.orders).toEqual([]);
  });

  test.for([
    ["*", true],
    ["/api/*", true],
    ["/api/chat.postMessage", true],
    ["*chat*Message", true],
    ["/api/chatxpostMessage", false],
    ["/api/chat.post", false],
    ["chat.postMessage", false],
    ["/triggers/*", false],
  ] as const)("for %s is for this path: %s", async ([on, expected]) => {
    const { api, workspace } = slackWithCalls();
    workspace.faults.set({ on, fault: "archived" });
    const { ok } = await api("chat.postMessage", { channel: SUPPORT, text: "a" });
    expect(ok).toBe(!expected);
  });

  it("is given, listed and withdrawn over HTTP", async () => {
    const { post, send, api } = slackWithCalls();
    const list = async () => (await send("/_faults", { method: "GET" })).json();
    const order = { on: "/api/*", fault: "archived", times: 3 };
    expect((await post("/_faults", order)).status).toBe(201);
    expect(await api("chat.postMessage", { channel: SUPPORT, text: "a" })).toMatchObject({
      error: "is_archived",
    });
    expect(await list()).toEqual([{ ...order, times: 2 }]);
    expect((await send("/_faults", { method: "DELETE" })).status).toBe(204);
    expect(await list()).toEqual([]);
  });

  test.for([
    { fault: "toString" },
    { fault: "cut", times: 0 },
    { fault: "cut", until: 3 },
    null,
    "{",
  ])("%j is refused with a reason", async (order) => {
    const { post, workspace } = slackWithCalls();
    const answer = await post("/_faults", order);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ error: expect.any(String) });
    expect(workspace.faults.orders).toEqual([]);
  });
});
