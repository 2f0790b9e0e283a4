import { expect, it, test } from "vitest";

import { BRUNO, listeningApp, section, slackWithCalls, SUPPORT } from "./calls.ts";

/** A shortcut was used; `answer` posts to its response_url. */
async function usedShortcut() {
  const { app, heard } = listeningApp();
  const clock = { now: 1_900_000_000_000 };
  const slack = slackWithCalls({ app, now: () => clock.now, origin: "https://slack.com" });
  const message = slack.people.say("amina", SUPPORT, "a");
  await slack.people.useShortcut("bruno", message, "why");
  const payload = new URLSearchParams(heard[0]?.body).get("payload") ?? "{}";
  const { response_url: url } = JSON.parse(payload) as { response_url: string };
  const answer = async (body: unknown) => {
    const answered = await slack.post(new URL(url).pathname, body);
    return [answered.status, await answered.json()];
  };
  return { ...slack, clock, url, answer };
}

it("takes an answer that only this person sees, blocks and all", async () => {
  const { answer, workspace } = await usedShortcut();
  expect(await answer({ text: "because", blocks: [section("b")] })).toEqual([200, { ok: true }]);
  expect(workspace.messages.at(-1)).toMatchObject({
    channel: SUPPORT,
    onlyFor: BRUNO,
    text: "because",
    blocks: [section("b")],
    poster: "causeway",
  });
});

it("takes an answer for the whole channel, in a thread too", async () => {
  const { answer, workspace } = await usedShortcut();
  const [parent] = workspace.messages;
  await answer({ response_type: "in_channel", text: "because", thread_ts: parent?.ts });
  expect(workspace.messages.at(-1)).toMatchObject({ onlyFor: null, threadTs: parent?.ts });
});

it("replaces and deletes what it brought before", async () => {
  const { answer, workspace } = await usedShortcut();
  await answer({ text: "wait" });
  await answer({ text: "done", replace_original: true });
  expect(workspace.messages.slice(1)).toMatchObject([{ text: "done", before: [{ text: "wait" }] }]);
  await answer({ delete_original: true });
  expect(workspace.messages).toHaveLength(1);
});

it("is used up after five answers", async () => {
  const { answer } = await usedShortcut();
  for (const text of ["1", "2", "3", "4", "5"]) expect((await answer({ text }))[0]).toBe(200);
  expect(await answer({ text: "6" })).toEqual([404, { ok: false, error: "used_url" }]);
});

it("expires after thirty minutes", async () => {
  const { answer, clock } = await usedShortcut();
  clock.now += 30 * 60_000 - 1;
  expect((await answer({ text: "in time" }))[0]).toBe(200);
  clock.now += 1;
  expect(await answer({ text: "late" })).toEqual([404, { ok: false, error: "expired_url" }]);
});

it("is not found under another secret", async () => {
  const { post, url } = await usedShortcut();
  const answer = await post(`${new URL(url).pathname}0`, { text: "a" });
  expect([answer.status, await answer.json()]).toEqual([404, { ok: false, error: "expired_url" }]);
});

it("is a secret that the list of requests does not show", async () => {
  const { answer, url, workspace } = await usedShortcut();
  await answer({ text: "a" });
  expect(JSON.stringify(workspace.requests)).not.toContain(url.split("/").at(-1));
  expect(url).toMatch(/^https:\/\/slack\.com\/app\//);
});

test.for<[string, unknown]>([
  ["no_text", {}],
  ["invalid_blocks", { blocks: [{ type: "sandbox" }] }],
  ["invalid_payload", "{"],
])("answers %s with 400 and posts nothing", async ([error, body]) => {
  const { answer, workspace } = await usedShortcut();
  expect(await answer(body)).toMatchObject([400, { ok: false, error }]);
  expect(workspace.messages).toHaveLength(1);
});
