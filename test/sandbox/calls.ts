import { createSlack, type SlackOptions } from "../../src/sandbox/slack.ts";

/** A stand-in and short ways to call it as a client of Slack's would. */
export function slackWithCalls(options?: SlackOptions) {
  const { app, workspace } = createSlack(options);
  const send = async (path: string, init: RequestInit) =>
    app.fetch(new Request(`https://slack.com${path}`, init));
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    send(path, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        authorization: "Bearer xoxb-test",
        ...headers,
      },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
  const api = async (method: string, args: Record<string, unknown>) =>
    (await post(`/api/${method}`, args)).json<Record<string, unknown>>();
  const [trigger, , legacy] = workspace.triggers;
  const [webhook] = workspace.webhooks;
  if (!trigger || !legacy || !webhook) throw new Error("The workspace has no hooks.");
  return { app, workspace, send, post, api, trigger, legacy, webhook };
}

export const SUPPORT = "C0000000001";

export const section = (text: string) => ({ type: "section", text: { type: "mrkdwn", text } });
