import { describe, expect, it, test } from "vitest";

import { section, slackWithCalls, SUPPORT } from "./calls.ts";

const AMINA = "U0000000001";

describe("the bot token", () => {
  test.for([
    ["not_authed", {}],
    ["not_authed", { authorization: "xoxb-good" }],
    ["invalid_auth", { authorization: "Bearer xoxb-bad" }],
    ["invalid_auth", { authorization: "Bearer xoxb-good2" }],
  ])("is refused with %s", async ([error, headers]) => {
    const { send } = slackWithCalls({ tokens: ["xoxb-good"] });
    const answer = await send("/api/auth.test", {
      method: "POST",
      headers: headers as HeadersInit,
    });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ ok: false, error });
  });

  it("is good when it is one of those the workspace has", async () => {
    const { post } = slackWithCalls({ tokens: ["xoxb-old", "xoxb-new"] });
    const answer = await post("/api/auth.test", {}, { authorization: "Bearer xoxb-new" });
    expect(await answer.json()).toMatchObject({
      ok: true,
      bot_id: "B0CAUSEWAY",
      team_id: "T0CAUSEWAY",
    });
    expect(answer.headers.get("x-oauth-scopes")).toContain("chat:write");
  });
});

describe("chat.postMessage", () => {
  it("answers with the message as Slack shows it", async () => {
    const { api } = slackWithCalls({ now: () => 1360782400498 });
    expect(
      await api("chat.postMessage", { channel: SUPPORT, text: "a", blocks: [section("b")] }),
    ).toEqual({
      ok: true,
      channel: SUPPORT,
      ts: "1360782400.498000",
      message: {
        type: "message",
        bot_id: "B0CAUSEWAY",
        app_id: "A0CAUSEWAY",
        team: "T0CAUSEWAY",
        user: "U0CAUSEWAY",
        ts: "1360782400.498000",
        text: "a",
        blocks: [section("b")],
      },
    });
  });

  it("gives every message a later ts, also when the clock stands still or goes back", async () => {
    let now = 1_000_000_000_000;
    const { api } = slackWithCalls({ now: () => now });
    const seen: unknown[] = [];
    for (const step of [0, 0, -5000, 1]) {
      now += step;
      seen.push((await api("chat.postMessage", { channel: SUPPORT, text: "a" }))["ts"]);
    }
    expect(seen).toEqual([
      "1000000000.000000",
      "1000000000.000001",
      "1000000000.000002",
      "1000000000.000003",
    ]);
  });

  it("takes a form with blocks as JSON text, as @slack/web-api sends it", async () => {
    const { post, workspace } = slackWithCalls();
    const form = new URLSearchParams({
      channel: "#support_gitlab-com",
      blocks: JSON.stringify([section("b")]),
    });
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    expect(
      await (await post("/api/chat.postMessage", form.toString(), headers)).json(),
    ).toMatchObject({ ok: true });
    expect(workspace.messages).toMatchObject([{ channel: SUPPORT, blocks: [section("b")] }]);
  });

  it("reaches a person by user id", async () => {
    const { api, workspace } = slackWithCalls();
    expect(await api("chat.postMessage", { channel: AMINA, text: "a" })).toMatchObject({
      channel: "D0000000001",
    });
    expect(workspace.messages).toMatchObject([{ channelName: "amina" }]);
  });

  it("cuts text at 40,000 characters and never inside one", async () => {
    const { api, workspace } = slackWithCalls();
    await api("chat.postMessage", { channel: SUPPORT, text: "🦊".repeat(40_001) });
    expect(workspace.messages[0]?.text).toBe("🦊".repeat(40_000));
  });

  test.for<[string, Record<string, unknown>]>([
    ["channel_not_found", { channel: "C0NOWHERE", text: "a" }],
    ["channel_not_found", { text: "a" }],
    ["no_text", { channel: SUPPORT }],
    ["no_text", { channel: SUPPORT, blocks: [] }],
    ["invalid_blocks", { channel: SUPPORT, text: "a", blocks: { type: "divider" } }],
    ["invalid_blocks", { channel: SUPPORT, text: "a", blocks: [{ type: "sandbox" }] }],
    ["invalid_blocks_format", { channel: SUPPORT, text: "a", blocks: "[{" }],
    ["thread_not_found", { channel: SUPPORT, text: "a", thread_ts: "1.000001" }],
  ])("answers %s and posts nothing", async ([error, args]) => {
    const { api, workspace } = slackWithCalls();
    expect(await api("chat.postMessage", args)).toMatchObject({ ok: false, error });
    expect(workspace.messages).toEqual([]);
  });

  test.for([
    ["is_archived", { isArchived: true }],
    ["not_in_channel", { isMember: false }],
    ["channel_not_found", { isMember: false, isPrivate: true }],
  ] as const)("answers %s for a channel that is so", async ([error, state]) => {
    const { api, workspace } = slackWithCalls();
    Object.assign(workspace.channel(SUPPORT) ?? {}, state);
    expect(await api("chat.postMessage", { channel: SUPPORT, text: "a" })).toEqual({
      ok: false,
      error,
    });
  });

  it("threads a reply to a reply under the parent, and conversations.replies finds both", async () => {
    const { api } = slackWithCalls();
    const { ts: parent } = await api("chat.postMessage", { channel: SUPPORT, text: "parent" });
    const { ts: reply } = await api("chat.postMessage", {
      channel: SUPPORT,
      text: "one",
      thread_ts: parent,
    });
    await api("chat.postMessage", { channel: SUPPORT, text: "two", thread_ts: reply });
    const expected = {
      messages: [
        { ts: parent, thread_ts: parent, reply_count: 2 },
        { thread_ts: parent },
        { thread_ts: parent },
      ],
    };
    expect(await api("conversations.replies", { channel: SUPPORT, ts: reply })).toMatchObject(
      expected,
    );
  });
});

describe("chat.update", () => {
  it("replaces the message; text alone deletes its blocks", async () => {
    const { api, workspace } = slackWithCalls();
    const { ts } = await api("chat.postMessage", {
      channel: SUPPORT,
      text: "a",
      blocks: [section("b")],
    });
    expect(await api("chat.update", { channel: SUPPORT, ts, text: "c" })).toMatchObject({
      ok: true,
      ts,
      text: "c",
    });
    expect(workspace.messages).toMatchObject([
      { text: "c", blocks: [], before: [{ text: "a", blocks: [section("b")] }] },
    ]);
  });

  it("refuses long text, a message that is not there and a message of someone else", async () => {
    const { api, post, trigger, workspace } = slackWithCalls();
    const { ts } = await api("chat.postMessage", { channel: SUPPORT, text: "a" });
    await post(trigger.path, { title: "a" });
    const other = workspace.messages[1]?.ts;
    const error = async (args: object) =>
      (await api("chat.update", { channel: SUPPORT, ...args }))["error"];
    expect(await error({ ts, text: "a".repeat(4001) })).toBe("msg_too_long");
    expect(await error({ ts: "1.000001", text: "a" })).toBe("message_not_found");
    expect(await error({ ts: other, text: "a" })).toBe("cant_update_message");
  });
});

describe("other methods", () => {
  it("chat.postEphemeral reaches members only", async () => {
    const { api, workspace } = slackWithCalls();
    const { message_ts: ts } = await api("chat.postEphemeral", {
      channel: SUPPORT,
      user: AMINA,
      text: "a",
    });
    expect(workspace.messages).toMatchObject([{ ts, onlyFor: AMINA }]);
    expect(
      await api("chat.postEphemeral", { channel: SUPPORT, user: "U0STRANGER", text: "a" }),
    ).toMatchObject({
      error: "user_not_in_channel",
    });
  });

  it("reactions.add reacts once", async () => {
    const { api } = slackWithCalls();
    const { ts: timestamp } = await api("chat.postMessage", { channel: SUPPORT, text: "a" });
    const react = (name: string) => api("reactions.add", { channel: SUPPORT, timestamp, name });
    expect(await react("eyes")).toEqual({ ok: true });
    expect(await react("eyes")).toMatchObject({ error: "already_reacted" });
    expect(await react(":eyes:")).toMatchObject({ error: "invalid_name" });
    expect(
      await api("reactions.add", { channel: SUPPORT, timestamp: "1.000001", name: "eyes" }),
    ).toMatchObject({
      error: "message_not_found",
    });
  });

  it("users.lookupByEmail takes GET or a form, and rejects JSON", async () => {
    const { api, send } = slackWithCalls();
    expect(await api("users.lookupByEmail", { email: "amina@example.com" })).toMatchObject({
      error: "invalid_arguments",
    });
    const headers = { authorization: "Bearer xoxb-test" };
    const lookUp = async (email: string) =>
      (await send(`/api/users.lookupByEmail?email=${email}`, { headers })).json();
    expect(await lookUp("Amina@example.com")).toMatchObject({ ok: true, user: { id: AMINA } });
    expect(await lookUp("")).toMatchObject({ error: "users_not_found" });
  });

  it("conversations.info and conversations.open know the workspace", async () => {
    const { api } = slackWithCalls();
    expect(await api("conversations.info", { channel: SUPPORT })).toMatchObject({
      channel: { name: "support_gitlab-com", is_archived: false, is_member: true },
    });
    expect(await api("conversations.open", { users: AMINA })).toMatchObject({
      channel: { id: "D0000000001" },
    });
    expect(await api("conversations.open", { users: "U0STRANGER" })).toMatchObject({
      error: "user_not_found",
    });
  });

  it("a method that Slack does not have is unknown_method", async () => {
    const { api } = slackWithCalls();
    expect(await api("toString", {})).toEqual({ ok: false, error: "unknown_method" });
  });
});
