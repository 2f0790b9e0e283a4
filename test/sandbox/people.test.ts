import { createHmac } from "node:crypto";
import { describe, expect, it, test } from "vitest";

import { AMINA, BRUNO, listeningApp, section, slackWithCalls, SUPPORT } from "./calls.ts";

const NOW = 1_900_000_000_250;

/** A stand-in whose app notes what it hears, with its messages: one of each author. */
async function busySlack(...answers: (() => Response | Promise<Response>)[]) {
  const { app, heard } = listeningApp(...answers);
  const slack = slackWithCalls({ app, now: () => NOW });
  await slack.post(slack.trigger.path, { title: "by the workflow" });
  await slack.post(slack.webhook.path, { text: "by the webhook" });
  await slack.api("chat.postMessage", {
    channel: SUPPORT,
    text: "by the bot",
    blocks: [section("b")],
  });
  slack.people.say("amina", SUPPORT, "by amina");
  const [workflow, webhook, bot, person] = slack.workspace.messages;
  if (!workflow || !webhook || !bot || !person) throw new Error("A message is missing.");
  return { ...slack, heard, workflow, webhook, bot, person };
}

type Heard = { body: string } | undefined;
const eventOf = (heard: Heard) => JSON.parse(heard?.body ?? "{}").event;
const payloadOf = (heard: Heard) =>
  JSON.parse(new URLSearchParams(heard?.body).get("payload") ?? "{}");

describe("a request to the app", () => {
  it("is signed over timestamp and raw body", async () => {
    const { people, person, heard } = await busySlack();
    await people.react("bruno", person, "eyes");
    await people.command("bruno", SUPPORT, "Grüße & co");
    expect(heard.map(({ path }) => path)).toEqual(["/slack/events", "/slack/commands"]);
    for (const { headers, body } of heard) {
      const timestamp = headers.get("x-slack-request-timestamp");
      const expected = createHmac("sha256", "the signing secret")
        .update(`v0:${timestamp}:${body}`)
        .digest("hex");
      expect(timestamp).toBe("1900000000");
      expect(headers.get("x-slack-signature")).toBe(`v0=${expected}`);
    }
  });

  it("is not made without an app, and people act all the same", async () => {
    const { people, workspace } = slackWithCalls();
    const message = people.say("amina", SUPPORT, "a");
    expect(await people.react("amina", message, "eyes")).toBeNull();
    expect(await people.useShortcut("amina", message, "why")).toBeNull();
    expect(await people.command("amina", SUPPORT, "help")).toBeNull();
    expect(message.reactions).toEqual([{ name: "eyes", users: [AMINA] }]);
    expect(workspace.outgoing).toEqual([]);
  });

  it("needs a signing secret that is not empty", () => {
    const { app } = listeningApp();
    expect(() => slackWithCalls({ app: { ...app, signingSecret: "" } })).toThrow("empty");
  });
});

describe("a reaction", () => {
  it("reaches the app as Slack's outer event", async () => {
    const { people, person, heard, workspace } = await busySlack();
    const answer = await people.react("bruno", person, "eyes");
    expect(answer?.status).toBe(200);
    expect(JSON.parse(heard[0]?.body ?? "")).toEqual({
      token: expect.any(String),
      team_id: "T0CAUSEWAY",
      context_team_id: "T0CAUSEWAY",
      context_enterprise_id: null,
      api_app_id: "A0CAUSEWAY",
      event: {
        type: "reaction_added",
        user: BRUNO,
        reaction: "eyes",
        item_user: AMINA,
        item: { type: "message", channel: SUPPORT, ts: person.ts },
        event_ts: "1900000000.250000",
      },
      type: "event_callback",
      event_id: expect.stringMatching(/^Ev[0-9A-F]+$/),
      event_time: 1_900_000_000,
      authorizations: [
        {
          enterprise_id: null,
          team_id: "T0CAUSEWAY",
          user_id: "U0CAUSEWAY",
          is_bot: true,
          is_enterprise_install: false,
        },
      ],
      is_ext_shared_channel: false,
      event_context: expect.any(String),
    });
    expect(workspace.outgoing).toMatchObject([{ path: "/slack/events", status: 200, error: null }]);
  });

  it("names the author only where a user or the bot wrote the message", async () => {
    const { people, workflow, webhook, bot, person, heard } = await busySlack();
    for (const message of [workflow, webhook, bot, person])
      await people.react("bruno", message, "eyes");
    expect(heard.map((each) => eventOf(each).item_user)).toEqual([
      undefined,
      undefined,
      "U0CAUSEWAY",
      AMINA,
    ]);
    expect(eventOf(heard[0])).not.toHaveProperty("item_user");
  });

  it("is one for each person and emoji, and is taken back once", async () => {
    const { people, person, heard } = await busySlack();
    await people.react("bruno", person, "eyes");
    expect(await people.react(BRUNO, person, "eyes")).toBeNull();
    await people.react("chen", person, "eyes");
    expect(person.reactions).toEqual([{ name: "eyes", users: [BRUNO, "U0000000003"] }]);
    await people.unreact("bruno", person, "eyes");
    expect(await people.unreact("bruno", person, "eyes")).toBeNull();
    await people.unreact("chen", person, "eyes");
    expect(person.reactions).toEqual([]);
    expect(heard.map((each) => eventOf(each).type)).toEqual([
      "reaction_added",
      "reaction_added",
      "reaction_removed",
      "reaction_removed",
    ]);
    const ids = heard.map(({ body }) => JSON.parse(body).event_id);
    expect(new Set(ids).size).toBe(4);
  });

  it("is not told where the bot is not, nor without reactions:read, nor on what one person sees", async () => {
    const { api, people, person, heard, workspace } = await busySlack();
    people.leave("causeway", SUPPORT);
    expect(await people.react("bruno", person, "eyes")).toBeNull();
    await people.join("causeway", SUPPORT);
    workspace.scopes.delete("reactions:read");
    expect(await people.react("bruno", person, "wave")).toBeNull();
    workspace.scopes.add("reactions:read");
    await api("chat.postEphemeral", { channel: SUPPORT, user: BRUNO, text: "psst" });
    const ephemeral = workspace.messages.at(-1);
    expect(await people.react("bruno", ephemeral ?? person, "eyes")).toBeNull();
    expect(heard.map((each) => eventOf(each).type)).toEqual(["member_joined_channel"]);
  });

  it("is nobody's who is not there", async () => {
    const { people, person } = await busySlack();
    await expect(people.react("U0STRANGER", person, "eyes")).rejects.toThrow("U0STRANGER");
    expect(() => people.say("amina", "nowhere", "a")).toThrow("nowhere");
  });
});

describe("an event that the app did not take", () => {
  const down = () => new Response("", { status: 503 });
  const gone = () => Promise.reject(new TypeError("Network connection lost."));

  it("comes again with the same id, three times at most", async () => {
    const { people, person, heard } = await busySlack(down, gone, down, down, down);
    const answer = await people.react("bruno", person, "eyes");
    expect(answer?.status).toBe(503);
    expect(heard.map(({ headers }) => headers.get("x-slack-retry-num"))).toEqual([
      null,
      "1",
      "2",
      "3",
    ]);
    expect(heard.map(({ headers }) => headers.get("x-slack-retry-reason"))).toEqual([
      null,
      "http_error",
      "connection_failed",
      "http_error",
    ]);
    expect(new Set(heard.map(({ body }) => body)).size).toBe(1);
  });

  it("does not come again once it is taken", async () => {
    const { people, person, heard } = await busySlack(down);
    expect((await people.react("bruno", person, "eyes"))?.status).toBe(200);
    expect(heard).toHaveLength(2);
  });

  it("does not come again when the app says so", async () => {
    const { people, person, heard } = await busySlack(
      () => new Response("", { status: 400, headers: { "x-slack-no-retry": "1" } }),
    );
    expect((await people.react("bruno", person, "eyes"))?.status).toBe(400);
    expect(heard).toHaveLength(1);
  });

  it("has failed when there is no answer within three seconds", async () => {
    const never = () => new Promise<Response>(() => undefined);
    const { people, person, heard, workspace } = await busySlack(never);
    expect((await people.react("bruno", person, "eyes"))?.status).toBe(200);
    expect(heard[1]?.headers.get("x-slack-retry-reason")).toBe("http_timeout");
    expect(workspace.outgoing).toMatchObject([{ error: "http_timeout" }, { status: 200 }]);
  });
});

describe("joining", () => {
  it("tells the app who came, and only when someone did", async () => {
    const { people, heard, workspace } = await busySlack();
    expect(await people.join("bruno", SUPPORT)).toBeNull();
    people.leave("bruno", SUPPORT);
    expect(workspace.channel(SUPPORT)?.members).not.toContain(BRUNO);
    await people.join("bruno", "support_gitlab-com");
    expect(workspace.channel(SUPPORT)?.members).toContain(BRUNO);
    expect(heard.map(eventOf)).toEqual([
      {
        type: "member_joined_channel",
        user: BRUNO,
        channel: SUPPORT,
        channel_type: "C",
        team: "T0CAUSEWAY",
        event_ts: "1900000000.250000",
      },
    ]);
  });
});

describe("a message shortcut", () => {
  it("brings the app the message, the person and an address for the answer", async () => {
    const { people, bot, person, workflow, heard } = await busySlack();
    await people.useShortcut("bruno", bot, "why");
    expect(heard[0]?.path).toBe("/slack/interactions");
    expect(payloadOf(heard[0])).toMatchObject({
      type: "message_action",
      token: expect.any(String),
      action_ts: "1900000000.250000",
      team: { id: "T0CAUSEWAY", domain: "causeway-sandbox" },
      user: { id: BRUNO, username: "bruno", name: "bruno", team_id: "T0CAUSEWAY" },
      channel: { id: SUPPORT, name: "support_gitlab-com" },
      callback_id: "why",
      trigger_id: expect.any(String),
      response_url: expect.stringMatching(/^https:\/\/slack\.test\/app\/T0CAUSEWAY\/\d+\/\w+$/),
      message_ts: bot.ts,
      message: { type: "message", user: "U0CAUSEWAY", bot_id: "B0CAUSEWAY", ts: bot.ts },
      api_app_id: "A0CAUSEWAY",
    });
    expect(payloadOf(heard[0]).message.blocks).toEqual([section("b")]);

    await people.useShortcut("bruno", person, "issue");
    await people.useShortcut("bruno", workflow, "issue");
    const [, ofPerson, ofWorkflow] = heard.map(payloadOf);
    expect(ofPerson.message).toMatchObject({ user: AMINA, text: "by amina" });
    expect(ofWorkflow.message).not.toHaveProperty("user");
  });

  it("works where the bot is not, and not without the scope", async () => {
    const { people, person, heard, workspace } = await busySlack();
    people.leave("causeway", SUPPORT);
    expect((await people.useShortcut("bruno", person, "why"))?.status).toBe(200);
    workspace.scopes.delete("commands");
    expect(await people.useShortcut("bruno", person, "why")).toBeNull();
    expect(await people.command("bruno", SUPPORT, "help")).toBeNull();
    expect(heard).toHaveLength(1);
  });

  it("is not tried again, and the person is told", async () => {
    const { people, person, heard, workspace } = await busySlack(
      () => new Response("", { status: 500 }),
    );
    expect((await people.useShortcut("bruno", person, "why"))?.status).toBe(500);
    expect(heard).toHaveLength(1);
    expect(workspace.messages.at(-1)).toMatchObject({
      onlyFor: BRUNO,
      text: 'The shortcut "why" failed with the error "dispatch_failed"',
    });
  });
});

describe("the slash command", () => {
  it("brings the app the form that Slack sends", async () => {
    const { people, heard } = await busySlack();
    await people.command("amina", SUPPORT, "help me");
    expect(Object.fromEntries(new URLSearchParams(heard[0]?.body))).toEqual({
      token: expect.any(String),
      team_id: "T0CAUSEWAY",
      team_domain: "causeway-sandbox",
      channel_id: SUPPORT,
      channel_name: "support_gitlab-com",
      user_id: AMINA,
      user_name: "amina",
      command: "/causeway",
      text: "help me",
      api_app_id: "A0CAUSEWAY",
      is_enterprise_install: "false",
      response_url: expect.stringContaining("https://slack.test/commands/T0CAUSEWAY/"),
      trigger_id: expect.any(String),
    });
  });

  test.for<[string, () => Response, object | null]>([
    [
      "JSON",
      () => Response.json({ text: "hi" }),
      { text: "hi", onlyFor: AMINA, poster: "causeway" },
    ],
    ["text", () => new Response("hi"), { text: "hi", onlyFor: AMINA }],
    ["blocks", () => Response.json({ blocks: [section("b")] }), { blocks: [section("b")] }],
    [
      "a reply for all",
      () => Response.json({ response_type: "in_channel", text: "hi" }),
      { onlyFor: null },
    ],
    ["nothing", () => new Response(), null],
    ["an error", () => new Response("no", { status: 401 }), { poster: "Slackbot", onlyFor: AMINA }],
  ])("shows %s that the app replied", async ([, answer, shown]) => {
    const { people, workspace } = await busySlack(answer);
    const before = workspace.messages.length;
    const answered = await people.command("amina", SUPPORT, "help");
    expect(await answered?.text()).toBe(await answer().text());
    const added = workspace.messages.slice(before);
    expect(added).toMatchObject(shown === null ? [] : [shown]);
  });
});
