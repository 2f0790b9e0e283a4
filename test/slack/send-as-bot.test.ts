import { afterEach, describe, expect, it, test, vi } from "vitest";
import type { Answer } from "../../src/slack/answer.ts";
import { noticeIn } from "../../src/slack/notice-mark.ts";
import { deleteAsBot, sendAsBot, type Place } from "../../src/slack/send-as-bot.ts";
import { CHANNEL, DELIVERY, MESSAGE, openDoors, SLACK } from "./doors.ts";

const [AMINA, BRUNO] = ["U0000000001", "U0000000002"];
const THREAD: Place = { type: "thread", channel: CHANNEL };
const TO_AMINA: Place = { type: "ephemeral", channel: CHANNEL, user: AMINA };
const DIRECTLY: Place = { type: "dm", user: AMINA };
const ABOUT = "https://causeway-sandbox.slack.com/archives/C0000000001/p1700000000000100";

afterEach(() => {
  vi.restoreAllMocks();
});

async function send(place: Place, message = MESSAGE): Promise<Answer> {
  return await sendAsBot(place, message, DELIVERY, SLACK);
}

/** The stand-in, with a message of Bruno's in the channel. */
function openChannel() {
  const doors = openDoors();
  const { workspace, people } = doors.slack;
  const channel = workspace.channel(CHANNEL);
  const amina = workspace.member(AMINA);
  if (channel === undefined || amina === undefined) throw new Error("the stand-in is another");
  const question = people.say(BRUNO, CHANNEL, "Can somebody look at this?");
  return { ...doors, workspace, people, channel, amina, question };
}

const OPENED = { ok: true, channel: { id: "D0000000001" } };

/** A Slack that answers each method with the same words, and what it was asked. */
function slackThatSays(answers: Record<string, object>) {
  const asked: { method: string; args: URLSearchParams }[] = [];
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    const request = new Request(input as RequestInfo, init as RequestInit);
    const method = new URL(request.url).pathname.replace("/api/", "");
    const args = new URLSearchParams(new TextDecoder().decode(await request.arrayBuffer()));
    asked.push({ method, args });
    return Response.json(
      answers[method] ?? (method === "conversations.open" ? OPENED : no("unknown_method")),
    );
  });
  return asked;
}

function no(error: string, details: object = {}): object {
  return { ok: false, error, ...details };
}

describe("an answer in a thread", () => {
  it("hangs on the message, and says where it stands", async () => {
    const { question, workspace } = openChannel();
    const answer = await send(THREAD, { ...MESSAGE, thread: question.ts });
    const [, posted] = workspace.messages;
    expect(posted).toMatchObject({
      channel: CHANNEL,
      threadTs: question.ts,
      text: "Hello",
      onlyFor: null,
    });
    expect(answer).toEqual({
      outcome: "delivered",
      status: 200,
      said: "ok",
      posted: { channel: CHANNEL, ts: posted?.ts },
    });
  });

  it("carries the id of its delivery, which nobody sees", async () => {
    const { question, workspace } = openChannel();
    await send(THREAD, { ...MESSAGE, thread: question.ts });
    expect(noticeIn(workspace.messages[1]?.blocks as never)).toBe(DELIVERY);
    expect(JSON.stringify(MESSAGE)).not.toContain(DELIVERY);
  });

  it("to a message that is gone is refused, and nobody else's waits", async () => {
    const { question, workspace } = openChannel();
    workspace.remove(question);
    expect(await send(THREAD, { ...MESSAGE, thread: question.ts })).toEqual({
      outcome: "refused",
      whatever: true,
      status: 200,
      said: "thread_not_found. The message that it answers is gone, or its thread is closed.",
    });
  });

  test.for([
    "thread_not_found",
    "message_not_found",
    "cannot_reply_to_message",
    "restricted_action_thread_locked",
    "restricted_action_non_threadable_channel",
  ])("is refused for %s, for that is about one thread", async (error) => {
    slackThatSays({ "chat.postMessage": no(error) });
    expect(await send(THREAD, { ...MESSAGE, thread: "1.0" })).toMatchObject({
      outcome: "refused",
      said: expect.stringMatching(new RegExp(`^${error}\\. `)),
    });
  });

  test.for([
    "channel_not_found",
    "not_in_channel",
    "is_archived",
    "restricted_action",
    "restricted_action_read_only_channel",
  ])("waits for a person at %s, for that is about the channel", async (error) => {
    slackThatSays({ "chat.postMessage": no(error) });
    expect(await send(THREAD, { ...MESSAGE, thread: "1.0" })).toMatchObject({
      outcome: "blocked",
      cause: "target",
      code: error,
    });
  });

  it("in an archived channel waits until somebody brings it back", async () => {
    const { question, channel } = openChannel();
    channel.isArchived = true;
    expect(await send(THREAD, { ...MESSAGE, thread: question.ts })).toMatchObject({
      outcome: "blocked",
      cause: "target",
      code: "is_archived",
      fix: expect.stringMatching(/archived/),
    });
  });
});

describe("an answer to one person", () => {
  it("is seen by that person alone, beside the message", async () => {
    const { question, workspace } = openChannel();
    const message = { ...MESSAGE, about: ABOUT };
    expect(await send(TO_AMINA, message)).toEqual({
      outcome: "delivered",
      status: 200,
      said: "ok",
    });
    expect(workspace.messages).toHaveLength(2);
    expect(workspace.messages[1]).toMatchObject({
      channel: CHANNEL,
      onlyFor: AMINA,
      threadTs: null,
      text: "Hello",
      blocks: MESSAGE.blocks,
    });
    await send(TO_AMINA, { ...message, thread: question.ts });
    expect(workspace.messages[2]).toMatchObject({ onlyFor: AMINA, threadTs: question.ts });
  });

  it("needs no blocks", async () => {
    const { workspace } = openChannel();
    await send(TO_AMINA, { ...MESSAGE, blocks: null });
    expect(workspace.messages[1]).toMatchObject({ text: "Hello", blocks: [] });
  });

  it("who is not in the channel is sent directly, with a line that leads there", async () => {
    const { people, question, workspace } = openChannel();
    people.leave(AMINA, CHANNEL);
    const answer = await send(TO_AMINA, { ...MESSAGE, thread: question.ts, about: ABOUT });
    const [, direct] = workspace.messages;
    const line = `About <${ABOUT}|this message>:`;
    expect(direct).toMatchObject({
      channel: "D0000000001",
      onlyFor: null,
      threadTs: null,
      text: `${line}\nHello`,
      blocks: [
        { type: "context", elements: [{ type: "mrkdwn", text: line }] },
        MESSAGE.blocks?.[0],
      ],
    });
    expect(noticeIn(direct?.blocks as never)).toBe(DELIVERY);
    expect(answer).toEqual({
      outcome: "delivered",
      status: 200,
      said: "user_not_in_channel in the channel, so directly: ok",
      posted: { channel: "D0000000001", ts: direct?.ts },
    });
  });

  it("that is sent directly has no line where nobody knows what it is about", async () => {
    const { people, workspace } = openChannel();
    people.leave(AMINA, CHANNEL);
    for (const about of [null, undefined]) {
      const message = about === undefined ? MESSAGE : { ...MESSAGE, about };
      await send(TO_AMINA, message);
      expect(workspace.messages.at(-1)).toMatchObject({ text: "Hello" });
      expect(workspace.messages.at(-1)?.blocks).toHaveLength(1);
    }
  });

  it("that is sent directly without blocks stays without", async () => {
    const { people, workspace } = openChannel();
    people.leave(AMINA, CHANNEL);
    await send(TO_AMINA, { ...MESSAGE, blocks: null, about: ABOUT });
    expect(workspace.messages.at(-1)).toMatchObject({
      text: expect.stringMatching(/^About <.+>:\nHello$/),
      blocks: [],
    });
  });

  test.for([
    "user_not_in_channel",
    "not_in_channel",
    "channel_not_found",
    "is_archived",
    "restricted_action",
    "thread_not_found",
  ])("is sent directly for %s", async (error) => {
    const asked = slackThatSays({
      "chat.postEphemeral": no(error),
      "chat.postMessage": { ok: true, channel: "D0000000001", ts: "1.000001" },
    });
    expect(await send(TO_AMINA)).toMatchObject({
      outcome: "delivered",
      said: `${error} in the channel, so directly: ok`,
      posted: { channel: "D0000000001", ts: "1.000001" },
    });
    expect(asked.map(({ method }) => method)).toEqual([
      "chat.postEphemeral",
      "conversations.open",
      "chat.postMessage",
    ]);
    const [shown, opened, posted] = asked.map(({ args }) => args);
    expect([shown?.get("channel"), shown?.get("user")]).toEqual([CHANNEL, AMINA]);
    expect(opened?.get("users")).toBe(AMINA);
    expect(posted?.get("channel")).toBe("D0000000001");
  });

  test.for<[error: string, answer: object]>([
    ["ratelimited", { outcome: "wait" }],
    ["internal_error", { outcome: "retry", maybePosted: true }],
    ["unheard_of", { outcome: "retry", maybePosted: false }],
    ["msg_too_long", { outcome: "refused" }],
    ["token_revoked", { outcome: "blocked", cause: "auth" }],
  ])("is not sent directly for %s", async ([error, answer]) => {
    const asked = slackThatSays({ "chat.postEphemeral": no(error) });
    expect(await send(TO_AMINA)).toMatchObject(answer);
    expect(asked).toHaveLength(1);
  });

  it("who has left is refused, in words", async () => {
    const { amina, workspace } = openChannel();
    amina.isDeleted = true;
    expect(await send(TO_AMINA)).toEqual({
      outcome: "refused",
      whatever: true,
      status: 200,
      said: "user_not_in_channel in the channel, so directly: user_disabled. The person has left, or takes no messages from apps.",
    });
    expect(workspace.messages).toHaveLength(1);
  });

  it("says both words of Slack's when the direct message has to wait", async () => {
    slackThatSays({
      "chat.postEphemeral": no("user_not_in_channel"),
      "chat.postMessage": no("internal_error"),
    });
    expect(await send(TO_AMINA)).toMatchObject({
      outcome: "retry",
      maybePosted: true,
      said: "user_not_in_channel in the channel, so directly: internal_error",
    });
  });
});

describe("a direct message", () => {
  it("hangs on no thread, and says where it stands", async () => {
    const { question, workspace } = openChannel();
    const answer = await send(DIRECTLY, { ...MESSAGE, thread: question.ts });
    const [, posted] = workspace.messages;
    expect(posted).toMatchObject({ channel: "D0000000001", threadTs: null });
    expect(answer).toMatchObject({ posted: { channel: "D0000000001", ts: posted?.ts } });
  });

  it("to somebody who has left is refused, in words", async () => {
    const { amina } = openChannel();
    amina.isDeleted = true;
    expect(await send(DIRECTLY)).toEqual({
      outcome: "refused",
      whatever: true,
      status: 200,
      said: "user_disabled. The person has left, or takes no messages from apps.",
    });
  });

  test.for([
    "user_not_found",
    "user_disabled",
    "cannot_dm_bot",
    "user_not_visible",
    "not_in_channel",
  ])("is refused for %s, so that nobody else's waits", async (error) => {
    for (const method of ["conversations.open", "chat.postMessage"]) {
      slackThatSays({ [method]: no(error) });
      expect(await send(DIRECTLY)).toMatchObject({
        outcome: "refused",
        said: `${error}. The person has left, or takes no messages from apps.`,
      });
    }
  });

  test.for(["conversations.open", "chat.postMessage"])(
    "waits for a person when it is the app that may not: %s",
    async (method) => {
      slackThatSays({ [method]: no("token_revoked") });
      expect(await send(DIRECTLY)).toMatchObject({ outcome: "blocked", cause: "auth" });
    },
  );

  it("is not posted while it cannot be opened", async () => {
    const asked = slackThatSays({ "conversations.open": no("internal_error") });
    expect(await send(DIRECTLY)).toMatchObject({ outcome: "retry" });
    expect(asked.map(({ method }) => method)).toEqual(["conversations.open"]);
  });

  it("is refused for good only where no other form of it would be taken either", async () => {
    slackThatSays({ "chat.postMessage": no("invalid_blocks") });
    const answer = await send(DIRECTLY);
    expect(answer).toMatchObject({ outcome: "refused" });
    expect(answer).not.toHaveProperty("whatever");
  });
});

describe("a scope that the app lacks", () => {
  test.for<[place: Place["type"], place: Place]>([
    ["channel", { type: "channel", channel: CHANNEL }],
    ["thread", THREAD],
    ["ephemeral", TO_AMINA],
    ["dm", DIRECTLY],
  ])("is named, and where to get it: %s", async ([, place]) => {
    const { workspace } = openChannel();
    workspace.scopes.delete("chat:write");
    expect(await send(place)).toEqual({
      outcome: "blocked",
      cause: "auth",
      code: "missing_scope",
      scope: "chat:write",
      status: 200,
      said: "missing_scope; needed: chat:write",
      fix: "The Slack app lacks the scope chat:write. Paste slack-app-manifest.yaml into the app's settings and install it again.",
    });
  });

  it("to open a direct message is named", async () => {
    const { workspace } = openChannel();
    workspace.scopes.delete("im:write");
    expect(await send(DIRECTLY)).toMatchObject({ outcome: "blocked", scope: "im:write" });
  });

  it("is named for a deletion too", async () => {
    const { workspace, question } = openChannel();
    workspace.scopes.delete("chat:write");
    expect(await deleteAsBot(question, SLACK)).toMatchObject({
      outcome: "blocked",
      scope: "chat:write",
    });
  });

  test.for<[needed: unknown, answer: object]>([
    ["chat:write,im:write", { scope: "chat:write,im:write" }],
    ["x".repeat(500), { scope: "x".repeat(200) }],
    [undefined, { cause: "auth" }],
    [7, { cause: "auth" }],
    [null, { cause: "auth" }],
  ])("may be said in another way: %j", async ([needed, expected]) => {
    slackThatSays({ "chat.postMessage": no("missing_scope", { needed }) });
    const answer = await send(DIRECTLY);
    expect(answer).toMatchObject({ outcome: "blocked", code: "missing_scope", ...expected });
    if (answer.outcome !== "blocked") return;
    expect(answer.fix).toMatch(/slack-app-manifest\.yaml/);
    expect("scope" in answer).toBe("scope" in expected);
  });

  it("of several is said with a word between them", async () => {
    slackThatSays({ "chat.postMessage": no("missing_scope", { needed: "channels:read,im:read" }) });
    expect(await send(DIRECTLY)).toMatchObject({
      fix: expect.stringMatching(/lacks the scope channels:read or im:read\. /),
    });
  });
});

describe("what Slack answers without a ts", () => {
  it("is delivered, and cannot be found again", async () => {
    slackThatSays({ "chat.postMessage": { ok: true, channel: CHANNEL } });
    expect(await send(THREAD)).toEqual({ outcome: "delivered", status: 200, said: "ok" });
  });

  it("or without a channel stands where it was sent", async () => {
    slackThatSays({ "chat.postMessage": { ok: true, ts: "1.000001" } });
    expect(await send(THREAD)).toMatchObject({ posted: { channel: CHANNEL, ts: "1.000001" } });
  });
});

describe("a message that is taken back", () => {
  it("is deleted", async () => {
    const { workspace, question } = openChannel();
    const answer = await send(THREAD, { ...MESSAGE, thread: question.ts });
    if (answer.outcome !== "delivered" || answer.posted === undefined) throw new Error(answer.said);
    expect(await deleteAsBot(answer.posted, SLACK)).toEqual({
      outcome: "delivered",
      status: 200,
      said: "deleted",
    });
    expect(workspace.messages).toEqual([question]);
  });

  it("twice is as good as once", async () => {
    openChannel();
    const answer = await send(THREAD);
    if (answer.outcome !== "delivered" || answer.posted === undefined) throw new Error(answer.said);
    await deleteAsBot(answer.posted, SLACK);
    expect(await deleteAsBot(answer.posted, SLACK)).toEqual({
      outcome: "delivered",
      status: 200,
      said: "it was gone already",
    });
  });

  it("is not somebody else's", async () => {
    const { question, workspace } = openChannel();
    expect(await deleteAsBot(question, SLACK)).toMatchObject({
      outcome: "refused",
      said: "cant_delete_message. The message stays.",
    });
    expect(workspace.messages).toEqual([question]);
  });

  test.for<[error: string, answer: object]>([
    ["channel_not_found", { outcome: "refused" }],
    ["internal_error", { outcome: "retry", maybePosted: true }],
    ["ratelimited", { outcome: "wait" }],
    ["token_revoked", { outcome: "blocked", cause: "auth" }],
  ])("is not there, not yet or not any more: %s", async ([error, answer]) => {
    const asked = slackThatSays({ "chat.delete": no(error) });
    expect(await deleteAsBot({ channel: CHANNEL, ts: "1.0" }, SLACK)).toMatchObject(answer);
    expect(asked).toHaveLength(1);
  });
});
