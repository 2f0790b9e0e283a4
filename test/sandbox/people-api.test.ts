import { describe, expect, it, test, vi } from "vitest";

import { AMINA, listeningApp, slackWithCalls, SUPPORT } from "./calls.ts";

const amina = { user: AMINA, channel: SUPPORT };

function pageWithApp() {
  const { app, heard } = listeningApp();
  const slack = slackWithCalls({ app });
  const { ts } = slack.people.say("bruno", SUPPORT, "a");
  const act = async (name: string, body: unknown) =>
    (await slack.post(`/_people/${name}`, body)).status;
  return { ...slack, heard, ts, act };
}

describe("on the page one can", () => {
  it("react and take it back", async () => {
    const { act, heard, ts, workspace } = pageWithApp();
    expect(await act("react", { ...amina, ts, emoji: "escalate" })).toBe(204);
    expect(workspace.messages[0]?.reactions).toEqual([{ name: "escalate", users: [AMINA] }]);
    expect(await act("unreact", { ...amina, ts, emoji: "escalate" })).toBe(204);
    expect(workspace.messages[0]?.reactions).toEqual([]);
    await vi.waitFor(() => expect(heard).toHaveLength(2));
  });

  it("write, also in a thread, and use the slash command", async () => {
    const { act, heard, ts, workspace } = pageWithApp();
    expect(await act("say", { ...amina, text: " hello " })).toBe(204);
    expect(await act("say", { ...amina, text: "/causewayer", threadTs: ts })).toBe(204);
    expect(await act("say", { ...amina, text: "/causeway help me" })).toBe(204);
    await vi.waitFor(() => expect(heard).toHaveLength(1));
    expect(new URLSearchParams(heard[0]?.body).get("text")).toBe("help me");
    expect(workspace.messages.slice(1)).toMatchObject([
      { via: "person", user: AMINA, text: "hello", threadTs: null },
      { text: "/causewayer", threadTs: ts },
    ]);
  });

  it("use a shortcut, leave and join", async () => {
    const { act, heard, ts, workspace } = pageWithApp();
    expect(await act("shortcut", { ...amina, ts, callbackId: "why" })).toBe(204);
    expect(await act("leave", amina)).toBe(204);
    expect(workspace.channel(SUPPORT)?.members).not.toContain(AMINA);
    expect(await act("join", amina)).toBe(204);
    await vi.waitFor(() =>
      expect(heard.map(({ path }) => path)).toEqual(["/slack/interactions", "/slack/events"]),
    );
  });
});

describe("the page's requests", () => {
  test.for<[string, object]>([
    ["react", { ts: "1.000001", emoji: "eyes" }],
    ["react", { emoji: ":eyes:" }],
    ["react", { user: "U0STRANGER", emoji: "eyes" }],
    ["react", { channel: "C0NOWHERE", emoji: "eyes" }],
    ["react", { emoji: "eyes", more: 1 }],
    ["say", { ts: undefined, text: " " }],
    ["shortcut", {}],
  ])("to %s are refused with a reason when they hold %j", async ([name, change]) => {
    const { post, ts, workspace } = pageWithApp();
    const answer = await post(`/_people/${name}`, { ...amina, ts, ...change });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ error: expect.any(String) });
    expect(workspace.messages[0]?.reactions).toEqual([]);
  });

  test.for(["/_people/react", "/_people/say", "/_faults"])(
    "to %s must be JSON, which no other site's page can send",
    async (path) => {
      const { send, ts, workspace } = pageWithApp();
      const body = JSON.stringify({ ...amina, ts, emoji: "eyes", fault: "cut", text: "a" });
      for (const type of ["text/plain", "application/x-www-form-urlencoded", ""]) {
        const headers = { "content-type": type };
        expect((await send(path, { method: "POST", headers, body })).status).toBe(415);
      }
      expect(workspace.messages).toMatchObject([{ reactions: [] }]);
      expect(workspace.faults.orders).toEqual([]);
    },
  );
});
