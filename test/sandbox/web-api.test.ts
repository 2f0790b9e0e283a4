import { describe, expect, it, test, vi } from "vitest";

import { AMINA, BRUNO, listeningApp, section, slackWithCalls, SUPPORT } from "./calls.ts";

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

  it("may do what its scopes say, and is told which one is missing", async () => {
    const { api, post, workspace } = slackWithCalls();
    workspace.scopes.clear();
    workspace.scopes.add("im:write");
    const answer = await post("/api/chat.postMessage", { channel: SUPPORT, text: "a" });
    expect(await answer.json()).toEqual({
      ok: false,
      error: "missing_scope",
      needed: "chat:write",
      provided: "im:write",
    });
    expect(answer.headers.get("x-oauth-scopes")).toBe("im:write");
    expect(await api("auth.test", {})).toMatchObject({ ok: true });
    expect(await api("conversations.open", { users: AMINA })).toMatchObject({ ok: true });
  });

  test.for([
    ["chat.delete", "chat:write"],
    ["chat.postEphemeral", "chat:write"],
    ["chat.update", "chat:write"],
    ["conversations.open", "im:write"],
    ["reactions.add", "reactions:write"],
    ["usergroups.users.list", "usergroups:read"],
    ["users.info", "users:read"],
    ["users.list", "users:read"],
    ["users.lookupByEmail", "users:read.email"],
  ] as const)("needs for %s the scope %s", async ([method, needed]) => {
    const { api, workspace } = slackWithCalls();
    workspace.scopes.delete(needed);
    expect(await api(method, {})).toMatchObject({ error: "missing_scope", needed });
    workspace.scopes.add(needed);
    expect(await api(method, {})).not.toMatchObject({ error: "missing_scope" });
  });

  it("needs another scope to read a public channel, a private one and direct messages", async () => {
    const { api, workspace } = slackWithCalls();
    const secret = workspace.channel("causeway-alerts");
    if (secret) secret.isPrivate = true;
    workspace.scopes.clear();
    const needed = async (method: string, channel: string) =>
      (await api(method, { channel }))["needed"];
    for (const [channel, kind] of [
      [SUPPORT, "channels"],
      [secret?.id ?? "", "groups"],
      [AMINA, "im"],
    ] as const) {
      expect(await needed("conversations.info", channel)).toBe(`${kind}:read`);
      expect(await needed("conversations.replies", channel)).toBe(`${kind}:history`);
    }
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

describe("chat.delete", () => {
  it("takes the bot's message away, in an archived channel too", async () => {
    const { api, workspace } = slackWithCalls();
    const { ts } = await api("chat.postMessage", { channel: SUPPORT, text: "a" });
    Object.assign(workspace.channel(SUPPORT) ?? {}, { isArchived: true });
    expect(await api("chat.delete", { channel: SUPPORT, ts })).toEqual({
      ok: true,
      channel: SUPPORT,
      ts,
    });
    expect(workspace.messages).toEqual([]);
    expect(await api("chat.delete", { channel: SUPPORT, ts })).toMatchObject({
      error: "message_not_found",
    });
  });

  it("refuses a message of someone else", async () => {
    const { api, people } = slackWithCalls();
    const { ts } = people.say("amina", SUPPORT, "mine");
    expect(await api("chat.delete", { channel: SUPPORT, ts })).toMatchObject({
      error: "cant_delete_message",
    });
    expect(await api("chat.delete", { channel: "C0NOWHERE", ts })).toMatchObject({
      error: "channel_not_found",
    });
  });
});

describe("conversations.replies", () => {
  async function threadOfThree() {
    const slack = slackWithCalls({ now: () => 1_000_000_000_000 });
    const { ts: parent } = slack.people.say("amina", SUPPORT, "parent");
    for (const text of ["one", "two", "three"]) slack.people.say("bruno", SUPPORT, text, parent);
    return { ...slack, parent };
  }

  test.for<[object, string[], boolean]>([
    [{}, ["parent", "one", "two", "three"], false],
    [{ limit: 2 }, ["parent", "one"], true],
    [{ oldest: "1000000000.000002" }, ["parent", "three"], false],
    [{ oldest: "1000000000.000002", inclusive: true }, ["parent", "two", "three"], false],
    [{ latest: "1000000000.000002" }, ["parent", "one"], false],
    [
      { oldest: "1000000000.000002", latest: "1000000000.000002", inclusive: true },
      ["parent", "two"],
      false,
    ],
  ])("with %j finds %j", async ([range, texts, hasMore]) => {
    const { api, parent } = await threadOfThree();
    const answer = await api("conversations.replies", { channel: SUPPORT, ts: parent, ...range });
    const messages = answer["messages"] as { text: string }[];
    expect(messages.map(({ text }) => text)).toEqual(texts);
    expect(answer["has_more"]).toBe(hasMore);
  });

  it("shows reactions, and who wrote a message", async () => {
    const { api, people, post, trigger, webhook, workspace } = slackWithCalls();
    const said = people.say("amina", SUPPORT, "a");
    await people.react("amina", said, "eyes");
    await people.react("bruno", said, "eyes");
    await post(trigger.path, { title: "b" });
    await post(webhook.path, { text: "c" });
    const shown = await Promise.all(
      workspace.messages.map(async ({ ts }) => {
        const answer = await api("conversations.replies", { channel: SUPPORT, ts });
        return (answer["messages"] as unknown[])[0];
      }),
    );
    expect(shown).toMatchObject([
      { user: AMINA, reactions: [{ name: "eyes", users: [AMINA, BRUNO], count: 2 }] },
      { subtype: "bot_message", bot_id: expect.any(String) },
      { subtype: "bot_message", bot_id: expect.any(String) },
    ]);
    expect(shown[0]).not.toHaveProperty("bot_id");
    expect(shown[1]).not.toHaveProperty("user");
  });

  it("answers thread_not_found for a message that is not there", async () => {
    const { api } = slackWithCalls();
    expect(await api("conversations.replies", { channel: SUPPORT, ts: "1.000001" })).toMatchObject({
      error: "thread_not_found",
    });
  });
});

describe("users and groups", () => {
  it("users.info shows names, the bot, guests and deactivated members", async () => {
    const { api, workspace } = slackWithCalls();
    Object.assign(workspace.member("bruno") ?? {}, { isGuest: true });
    Object.assign(workspace.member("chen") ?? {}, { isDeleted: true });
    const info = async (user: string) => (await api("users.info", { user }))["user"];
    expect(await info(AMINA)).toMatchObject({
      id: AMINA,
      name: "amina",
      real_name: "Amina Diallo",
      deleted: false,
      is_bot: false,
      is_restricted: false,
      is_ultra_restricted: false,
      profile: { display_name: "amina", real_name: "Amina Diallo" },
    });
    expect(await info("U0CAUSEWAY")).toMatchObject({ is_bot: true });
    expect(await info(BRUNO)).toMatchObject({ is_restricted: true });
    expect(await info("U0000000003")).toMatchObject({ deleted: true });
    expect(await api("users.info", { user: "amina" })).toMatchObject({ error: "user_not_found" });
  });

  it("lists the members in pages", async () => {
    const { api } = slackWithCalls();
    const first = await api("users.list", { limit: 3 });
    expect(first["members"]).toHaveLength(3);
    const { next_cursor: cursor } = first["response_metadata"] as { next_cursor: string };
    expect(await api("users.list", { limit: 3, cursor })).toMatchObject({
      members: [{ name: "chen" }],
      response_metadata: { next_cursor: "" },
    });
  });

  it("a deactivated member gets no message and is in no channel and no group", async () => {
    const { api, send, workspace } = slackWithCalls();
    await api("chat.postMessage", { channel: AMINA, text: "before" });
    Object.assign(workspace.member(AMINA) ?? {}, { isDeleted: true });
    const error = async (method: string, args: object) =>
      (await api(method, { text: "a", ...args }))["error"];
    expect(await error("conversations.open", { users: AMINA })).toBe("user_disabled");
    expect(await error("chat.postMessage", { channel: AMINA })).toBe("channel_not_found");
    expect(await error("chat.postMessage", { channel: "D0000000001" })).toBe("channel_not_found");
    expect(await error("chat.postEphemeral", { channel: SUPPORT, user: AMINA })).toBe(
      "user_not_in_channel",
    );
    expect(await api("usergroups.users.list", { usergroup: "S0000000001" })).toEqual({
      ok: true,
      users: [BRUNO],
    });
    const headers = { authorization: "Bearer xoxb-test" };
    const found = await send("/api/users.lookupByEmail?email=amina@example.com", { headers });
    expect(await found.json()).toMatchObject({ error: "users_not_found" });
  });

  it("usergroups.users.list knows the workspace's group", async () => {
    const { api } = slackWithCalls();
    expect(await api("usergroups.users.list", { usergroup: "S0000000001" })).toEqual({
      ok: true,
      users: [AMINA, BRUNO],
    });
    expect(await api("usergroups.users.list", { usergroup: "S0STRANGER" })).toEqual({
      ok: false,
      error: "no_such_subteam",
    });
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

  it("reactions.add also makes Slack tell the app, as the bot's own reaction", async () => {
    const { app, heard } = listeningApp();
    const { api } = slackWithCalls({ app });
    const { ts: timestamp } = await api("chat.postMessage", { channel: SUPPORT, text: "a" });
    await api("reactions.add", { channel: SUPPORT, timestamp, name: "eyes" });
    await vi.waitFor(() => expect(heard).toHaveLength(1));
    expect(JSON.parse(heard[0]?.body ?? "")).toMatchObject({
      event: { type: "reaction_added", user: "U0CAUSEWAY", item_user: "U0CAUSEWAY" },
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
