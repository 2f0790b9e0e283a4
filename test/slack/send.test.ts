import { afterEach, describe, expect, it, test, vi } from "vitest";
import { FAULTS, type Door, type FaultName } from "../../src/sandbox/faults.ts";
import type { Answer, Outgoing } from "../../src/slack/answer.ts";
import { sendAsBot } from "../../src/slack/send-as-bot.ts";
import { sendToHook } from "../../src/slack/send-to-hook.ts";
import { CHANNEL, DELIVERY, MESSAGE, openDoors, ORIGIN, SLACK, VARIABLES } from "./doors.ts";

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const DOORS: Door[] = ["trigger", "webhook", "api"];

/** An answer in one word: what the queue does with it. */
function decision(answer: Answer): string {
  switch (answer.outcome) {
    case "delivered":
    case "refused":
      return answer.outcome;
    case "wait":
      return `wait ${answer.afterMs}`;
    case "retry":
      return answer.maybePosted ? "retry, maybe posted" : "retry";
    case "blocked":
      return `blocked: ${answer.cause}`;
  }
}

describe("a message that Slack takes", () => {
  it("arrives through each door as it was sent", async () => {
    const { slack, send } = openDoors();
    for (const door of DOORS)
      expect(await send(door)).toMatchObject({ outcome: "delivered", status: 200 });
    expect(slack.workspace.messages).toMatchObject([
      { via: "workflow", variables: VARIABLES.variables },
      { via: "webhook", text: "Hello", blocks: MESSAGE.blocks },
      { via: "bot", channel: CHANNEL, text: "Hello", blocks: MESSAGE.blocks },
    ]);
  });

  it("from the bot has a ts, by which it can be found again", async () => {
    const { slack, send } = openDoors();
    const answer = await send("api");
    expect(answer).toMatchObject({
      posted: { channel: CHANNEL, ts: slack.workspace.messages[0]?.ts },
      said: "ok",
    });
  });

  it("needs no blocks", async () => {
    const { slack, webhook } = openDoors();
    const plain: Outgoing & { kind: "message" } = { kind: "message", text: "Plain", blocks: null };
    await sendToHook(webhook, plain, DELIVERY);
    await sendAsBot({ type: "channel", channel: CHANNEL }, plain, DELIVERY, SLACK);
    expect(slack.workspace.messages.map(({ text, blocks }) => [text, blocks])).toEqual([
      ["Plain", []],
      ["Plain", []],
    ]);
  });
});

/** What the queue is told, for every way in which the stand-in fails. */
const DECISIONS: Record<Exclude<FaultName, "hang">, Record<Door, string>> = {
  rate_limited: { trigger: "wait 2000", webhook: "wait 2000", api: "wait 2000" },
  rate_limited_without_retry_after: {
    trigger: "wait null",
    webhook: "wait null",
    api: "wait null",
  },
  server_error: { trigger: "retry", webhook: "retry", api: "retry, maybe posted" },
  html_error: {
    trigger: "retry, maybe posted",
    webhook: "retry, maybe posted",
    api: "retry, maybe posted",
  },
  cut: {
    trigger: "retry, maybe posted",
    webhook: "retry, maybe posted",
    api: "retry, maybe posted",
  },
  cut_after_accept: {
    trigger: "retry, maybe posted",
    webhook: "retry, maybe posted",
    api: "retry, maybe posted",
  },
  archived: { trigger: "delivered", webhook: "blocked: target", api: "blocked: target" },
  revoked: { trigger: "blocked: target", webhook: "blocked: target", api: "blocked: auth" },
  slow: { trigger: "delivered", webhook: "delivered", api: "delivered" },
  internal_error: {
    trigger: "retry, maybe posted",
    webhook: "retry, maybe posted",
    api: "retry, maybe posted",
  },
  fatal_error: {
    trigger: "retry, maybe posted",
    webhook: "retry, maybe posted",
    api: "retry, maybe posted",
  },
  // The credential of a hook is its address: nothing about the bot is wrong.
  invalid_auth: { trigger: "blocked: target", webhook: "blocked: target", api: "blocked: auth" },
  missing_scope: { trigger: "blocked: target", webhook: "blocked: target", api: "blocked: auth" },
  not_in_channel: { trigger: "delivered", webhook: "blocked: target", api: "blocked: target" },
  invalid_blocks: { trigger: "refused", webhook: "refused", api: "refused" },
  redirect: {
    trigger: "blocked: target",
    webhook: "blocked: target",
    api: "blocked: configuration",
  },
};

const TABLE = Object.entries(DECISIONS).flatMap(([fault, doors]) =>
  DOORS.map((door): [FaultName, Door, string] => [fault as FaultName, door, doors[door]]),
);

describe("a fault of Slack's", () => {
  it("is in the table, every one", () => {
    expect(Object.keys(FAULTS).toSorted()).toEqual([...Object.keys(DECISIONS), "hang"].toSorted());
  });

  test.for(TABLE)("%s at the %s is: %s", async ([fault, door, expected]) => {
    const { send, calls } = openDoors({ fault, delayMs: 1 });
    const answer = await send(door);
    expect(decision(answer)).toBe(expected);
    expect(answer.said).not.toMatch(/https?:\/\/|000000000000/);
    expect(calls).toHaveLength(1);
  });

  it("is never answered by trying again here", async () => {
    for (const fault of ["server_error", "rate_limited", "cut"] as const) {
      const { slack, send } = openDoors({ fault, times: 1 });
      for (const door of DOORS) await send(door);
      expect([fault, slack.workspace.messages.length]).toEqual([fault, 2]);
    }
  });

  it("that asks for patience says how long", async () => {
    const { send } = openDoors({ fault: "rate_limited", retryAfter: 37 });
    for (const door of DOORS)
      expect(await send(door)).toMatchObject({ afterMs: 37_000, status: 429 });
  });

  it("that a person can mend says how", async () => {
    const fixOf = async (fault: FaultName, door: Door) => {
      const answer = await openDoors({ fault }).send(door);
      return answer.outcome === "blocked" ? answer.fix : null;
    };
    expect(await fixOf("revoked", "trigger")).toMatch(/^The workflow is unpublished or/);
    expect(await fixOf("revoked", "webhook")).toMatch(/^The webhook was revoked or/);
    expect(await fixOf("invalid_auth", "webhook")).toMatch(/^The webhook was revoked or/);
    expect(await fixOf("revoked", "api")).toMatch(/SLACK_BOT_TOKEN/);
    expect(await fixOf("not_in_channel", "api")).toMatch(/\/invite @Causeway/);
    expect(await fixOf("missing_scope", "api")).toMatch(/slack-app-manifest\.yaml/);
    expect(await fixOf("redirect", "api")).toMatch(/SLACK_API_URL/);
  });

  it("that a person can mend has a code, by which its pauses are known", async () => {
    const codeOf = async (fault: FaultName, door: Door) => {
      const answer = await openDoors({ fault }).send(door);
      return answer.outcome === "blocked" ? answer.code : null;
    };
    expect(await codeOf("archived", "api")).toBe("is_archived");
    expect(await codeOf("archived", "webhook")).toBe("channel_is_archived");
    expect(await codeOf("missing_scope", "api")).toBe("missing_scope");
    expect(await codeOf("revoked", "trigger")).toBe("trigger_not_found");
    expect(await codeOf("redirect", "webhook")).toBe("http_302");
    expect(await codeOf("redirect", "api")).toBe("not_slack");
  });

  it("about blocks or a scope says which", async () => {
    expect(await openDoors({ fault: "invalid_blocks" }).send("api")).toMatchObject({
      said: "invalid_blocks; unsupported type: sandbox [json-pointer:/blocks/0/type]",
    });
    expect(await openDoors({ fault: "missing_scope" }).send("api")).toMatchObject({
      said: "missing_scope; needed: chat:write",
    });
  });
});

describe("a redirect", () => {
  test.for(DOORS)("at the %s is not followed", async (door) => {
    const { send, calls } = openDoors({ fault: "redirect" });
    await send(door);
    expect(calls.map(({ init }) => init.redirect)).toEqual(["manual"]);
  });
});

describe("a Slack that hangs", () => {
  test.for(DOORS)("at the %s is left after five seconds", async (door) => {
    const { send, calls } = openDoors({ fault: "hang" });
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    let answer: Answer | undefined;
    const sending = send(door).then((each) => (answer = each));
    while (calls.length === 0) await vi.advanceTimersByTimeAsync(0);
    await vi.advanceTimersByTimeAsync(4_999);
    expect(answer).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1);
    await sending;
    expect(answer).toMatchObject({ outcome: "retry", maybePosted: true, status: null });
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("a timer", () => {
  test.for(DOORS)(
    "is not left behind by the %s, for it would keep a Relay in memory",
    async (door) => {
      const { send } = openDoors();
      vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
      await send(door);
      expect(vi.getTimerCount()).toBe(0);
    },
  );
});

/** Answers that no fault of the stand-in gives. */
describe("an answer of a hook", () => {
  test.for<[status: number, body: string, trigger: string, webhook: string]>([
    [200, "", "delivered", "delivered"],
    [200, "ok", "delivered", "delivered"],
    [200, "<html>a portal</html>", "delivered", "delivered"],
    [200, '{"ok":false}', "retry", "retry"],
    [200, '{"ok":false,"error":"ratelimited"}', "wait null", "wait null"],
    [200, '{"ok":false,"error":"unheard_of"}', "retry", "retry"],
    [202, '{"ok":true}', "delivered", "delivered"],
    [400, "no_text", "refused", "refused"],
    [400, "channel_not_found", "blocked: target", "blocked: target"],
    [400, "", "refused", "refused"],
    [403, "", "blocked: target", "blocked: target"],
    [404, "unheard_of", "blocked: target", "blocked: target"],
    [408, "", "retry, maybe posted", "retry, maybe posted"],
    [410, "channel_is_archived", "blocked: target", "blocked: target"],
    [413, "", "refused", "refused"],
    [500, "no_service", "blocked: target", "blocked: target"],
    [503, '{"ok":false,"error":"service_unavailable"}', "retry", "retry"],
    [599, "", "retry, maybe posted", "retry, maybe posted"],
  ])("%s %j", async ([status, body, trigger, webhook]) => {
    vi.spyOn(globalThis, "fetch").mockImplementation(async () => new Response(body, { status }));
    expect(decision(await sendToHook(`${ORIGIN}/triggers/x`, VARIABLES, DELIVERY))).toBe(trigger);
    expect(decision(await sendToHook(`${ORIGIN}/services/x`, MESSAGE, DELIVERY))).toBe(webhook);
  });

  it("is kept short, and the rest is not read", async () => {
    let pulled = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled += 1;
        controller.enqueue(new TextEncoder().encode("x".repeat(100)));
      },
    });
    vi.spyOn(globalThis, "fetch").mockImplementation(
      async () => new Response(body, { status: 500 }),
    );
    const answer = await sendToHook(`${ORIGIN}/triggers/x`, VARIABLES, DELIVERY);
    expect(answer.said).toBe("x".repeat(300));
    expect(pulled).toBeLessThan(40);
  });

  it("that breaks off after Slack took the message is a delivery", async () => {
    const broken = (status: number) => {
      const body = new ReadableStream<Uint8Array>({
        pull: (controller) => controller.error(new TypeError("Network connection lost.")),
      });
      vi.spyOn(globalThis, "fetch").mockImplementation(async () => new Response(body, { status }));
      return sendToHook(`${ORIGIN}/triggers/x`, VARIABLES, DELIVERY);
    };
    expect(await broken(200)).toMatchObject({ outcome: "delivered", status: 200 });
    expect(await broken(502)).toMatchObject({ outcome: "retry", maybePosted: true, status: 502 });
  });

  it("never says the address, whatever it quotes", async () => {
    const { webhook } = openDoors();
    const { pathname } = new URL(webhook);
    for (const quoted of [webhook, pathname, pathname.split("/").at(-1)]) {
      vi.spyOn(globalThis, "fetch").mockImplementation(
        async () => new Response(`No such hook: ${quoted}, sorry`, { status: 404 }),
      );
      const { said } = await sendToHook(webhook, MESSAGE, DELIVERY);
      expect(said).toMatch(/^No such hook: /);
      expect(said).not.toContain("000000000000");
    }
  });

  it("never says the address, whatever the exception quotes", async () => {
    const secret = `${ORIGIN}/triggers/T0/1/0123456789abcdef`;
    vi.spyOn(globalThis, "fetch").mockRejectedValue(
      new TypeError(`Failed to fetch ${secret} (dns)`),
    );
    const hook = await sendToHook(secret, VARIABLES, DELIVERY);
    const bot = await sendAsBot({ type: "channel", channel: CHANNEL }, MESSAGE, DELIVERY, SLACK);
    for (const answer of [hook, bot]) {
      expect(answer).toMatchObject({ outcome: "retry", maybePosted: true, status: null });
      expect(answer.said).not.toMatch(/slack\.test|0123456789abcdef|xoxb/);
    }
  });
});

describe("an answer to the bot", () => {
  test.for<[status: number, body: unknown, decision: string]>([
    [200, { ok: false, error: "unheard_of" }, "retry"],
    [200, { ok: false, error: "ratelimited" }, "wait null"],
    [200, { ok: false, error: "channel_not_found" }, "blocked: target"],
    [200, { ok: false, error: "msg_too_long" }, "refused"],
    [404, "nothing here", "blocked: configuration"],
    [500, "<html>", "retry, maybe posted"],
  ])("%s %j is: %s", async ([status, body, expected]) => {
    vi.spyOn(globalThis, "fetch").mockImplementation(async () => Response.json(body, { status }));
    const answer = await openlessBot();
    expect(decision(answer)).toBe(expected);
  });

  it("is asked for with the token in a header and nowhere else", async () => {
    const { send, calls } = openDoors();
    await send("api");
    const [call] = calls;
    expect(new Headers(call?.init.headers).get("authorization")).toBe("Bearer xoxb-t");
    expect(`${call?.url} ${call?.init.body as string}`).not.toContain("xoxb-t");
  });

  it("is asked for without unfurling links", async () => {
    const { send, calls } = openDoors();
    await send("api");
    const body = new URLSearchParams(calls[0]?.init.body as string);
    expect([body.get("unfurl_links"), body.get("unfurl_media")]).toEqual(["false", "false"]);
  });
});

async function openlessBot(): Promise<Answer> {
  return await sendAsBot({ type: "channel", channel: CHANNEL }, MESSAGE, DELIVERY, SLACK);
}
