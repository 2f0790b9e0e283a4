import { once } from "node:events";
import { connect } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { servedSlack } from "./serving.ts";

let slack: Awaited<ReturnType<typeof servedSlack>>;

beforeEach(async () => {
  slack = await servedSlack();
});
afterEach(() => slack.stop());

describe("on a real socket", () => {
  it("cut destroys the connection without a byte of answer, and posts nothing", async () => {
    slack.workspace.faults.set({ on: "*", fault: "cut", times: 1 });
    expect(await rawAnswer()).toBe("");
    expect(slack.workspace.messages).toEqual([]);
    expect(slack.workspace.requests).toMatchObject([{ status: 0, fault: "cut" }]);
  });

  it("cut_after_accept posts the message first", async () => {
    slack.workspace.faults.set({ on: "*", fault: "cut_after_accept", times: 1 });
    expect(await rawAnswer()).toBe("");
    expect(slack.workspace.messages).toMatchObject([{ text: "hello" }]);
  });

  it("hang leaves a client waiting until its own timeout", async () => {
    slack.workspace.faults.set({ on: "*", fault: "hang", times: 1 });
    await expect(post(AbortSignal.timeout(150))).rejects.toThrow(/timeout/i);
    expect(slack.workspace.messages).toEqual([]);
  });

  it("goes on as if nothing had been when the fault is used up", async () => {
    slack.workspace.faults.set({ on: "*", fault: "cut", times: 1 });
    await expect(post()).rejects.toThrow("fetch failed");
    expect(await (await post()).text()).toBe("ok");
  });

  it("tells an open page that something changed, once per change and at once", async () => {
    const patience = new AbortController();
    const live = await fetch(`${slack.url}/_live`, { signal: patience.signal });
    const reader = live.body?.pipeThrough(new TextDecoderStream()).getReader();
    await post();
    expect(live.headers.get("content-type")).toContain("text/event-stream");
    expect((await reader?.read())?.value).toContain("data: changed");
    patience.abort();
  });
});

function post(signal?: AbortSignal): Promise<Response> {
  const { path = "" } = slack.workspace.webhooks[0] ?? {};
  const body = JSON.stringify({ text: "hello" });
  const headers = { "content-type": "application/json" };
  return fetch(slack.url + path, { method: "POST", headers, body, ...(signal ? { signal } : {}) });
}

/** The bytes that come back before the connection ends, read below HTTP. */
async function rawAnswer(): Promise<string> {
  const { path = "" } = slack.workspace.webhooks[0] ?? {};
  const body = JSON.stringify({ text: "hello" });
  const socket = connect(Number(new URL(slack.url).port), "127.0.0.1");
  let received = "";
  socket.on("data", (chunk) => (received += chunk.toString()));
  socket.on("error", () => undefined);
  socket.write(
    `POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
  await once(socket, "close");
  return received;
}
