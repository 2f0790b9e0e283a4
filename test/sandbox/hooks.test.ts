import { describe, expect, it, test } from "vitest";

import { section, slackWithCalls } from "./calls.ts";

describe("a workflow trigger", () => {
  it("posts the workflow's message with the variables in their places", async () => {
    const { post, trigger, workspace } = slackWithCalls();
    const variables = {
      title: "A $& B",
      url: "https://gitlab.example.com/1",
      author: "Ada",
      project: "",
    };

    const answer = await post(trigger.path, variables);

    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ ok: true });
    expect(workspace.messages).toMatchObject([
      {
        via: "workflow",
        channelName: "support_gitlab-com",
        text: "*New CMOC handover*\nA $& B\nhttps://gitlab.example.com/1\n_Ada in _",
        variables,
        notes: [],
      },
    ]);
  });

  it("answers at the four segments of the legacy builder too", async () => {
    const { post, legacy, workspace } = slackWithCalls();
    expect((await post(legacy.path, { title: "a", url: "b" })).status).toBe(200);
    expect(workspace.messages).toHaveLength(1);
  });

  it("says on the message which variables were missing and which nobody declared", async () => {
    const { post, trigger, workspace } = slackWithCalls();
    await post(trigger.path, { title: "a", url: "b", author: "c", colour: "red" });
    expect(workspace.messages[0]?.notes).toEqual([
      'The workflow declares "project", which was not sent.',
      '"colour" was sent, which the workflow does not declare.',
    ]);
  });

  test.for([
    ["a number", { title: 1 }],
    ["null", { title: null }],
    ["a boolean", { title: true }],
    ["a nested object", { title: { text: "a" } }],
    ["an array", ["a"]],
    ["text that is not JSON", "title=a"],
    ["an empty body", ""],
  ])("refuses %s with a 400 and posts nothing", async ([, body]) => {
    const { post, trigger, workspace } = slackWithCalls();
    expect((await post(trigger.path, body)).status).toBe(400);
    expect(workspace.messages).toEqual([]);
  });

  it("is not found under another secret", async () => {
    const { post, trigger } = slackWithCalls();
    const answer = await post(`${trigger.path}0`, { title: "a" });
    expect(answer.status).toBe(404);
    expect(await answer.json()).toEqual({ ok: false, error: "trigger_not_found" });
  });

  it("says ok for an archived channel, and nothing is posted", async () => {
    const { post, trigger, workspace } = slackWithCalls();
    const channel = workspace.channel(trigger.channel);
    if (channel) channel.isArchived = true;
    expect((await post(trigger.path, { title: "a" })).status).toBe(200);
    expect(workspace.messages).toEqual([]);
  });
});

describe("an incoming webhook", () => {
  it("answers ok as text, and posts text and blocks", async () => {
    const { post, webhook, workspace } = slackWithCalls();
    const answer = await post(webhook.path, { text: "a", blocks: [section("b")] });
    expect([answer.status, await answer.text()]).toEqual([200, "ok"]);
    expect(workspace.messages).toMatchObject([
      { via: "webhook", text: "a", blocks: [section("b")] },
    ]);
  });

  it("takes the JSON in a form's field named payload", async () => {
    const { post, webhook, workspace } = slackWithCalls();
    const form = new URLSearchParams({ payload: '{"text":"a"}' }).toString();
    await post(webhook.path, form, { "content-type": "application/x-www-form-urlencoded" });
    expect(workspace.messages).toMatchObject([{ text: "a" }]);
  });

  test.for<[string, number, unknown]>([
    ["invalid_payload", 400, "{"],
    ["invalid_payload", 400, { text: "a", blocks: [{ type: "section" }] }],
    ["invalid_payload", 400, { text: "a", blocks: "a" }],
    ["no_text", 400, {}],
    ["no_text", 400, { text: "" }],
    ["too_many_attachments", 400, { text: "a", attachments: Array(101).fill({}) }],
  ])("answers %s with %i", async ([error, status, body]) => {
    const { post, webhook, workspace } = slackWithCalls();
    const answer = await post(webhook.path, body);
    expect([await answer.text(), answer.status]).toEqual([error, status]);
    expect(workspace.messages).toEqual([]);
  });

  it("answers no_service under another secret, and channel_is_archived when it is", async () => {
    const { post, webhook, workspace } = slackWithCalls();
    const unknown = await post(`${webhook.path}0`, { text: "a" });
    expect([await unknown.text(), unknown.status]).toEqual(["no_service", 404]);

    const channel = workspace.channel(webhook.channel);
    if (channel) channel.isArchived = true;
    const archived = await post(webhook.path, { text: "a" });
    expect([await archived.text(), archived.status]).toEqual(["channel_is_archived", 410]);
  });
});
