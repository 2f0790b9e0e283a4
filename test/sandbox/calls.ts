import type { SlackApp } from "../../src/sandbox/app-requests.ts";
import { createSlack, type SlackOptions } from "../../src/sandbox/slack.ts";

/** A stand-in and short ways to call it as a client of Slack's would. */
export function slackWithCalls(options?: SlackOptions) {
  const { app, workspace, people } = createSlack(options);
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
  return { app, workspace, people, send, post, api, trigger, legacy, webhook };
}

/** An app that notes what it is sent, and answers what it is told to, at last 200. */
export function listeningApp(...answers: (() => Response | Promise<Response>)[]) {
  const heard: { path: string; headers: Headers; body: string }[] = [];
  const app: SlackApp = {
    origin: "https://app.test",
    signingSecret: "the signing secret",
    retryAfterMs: [0, 1, 1],
    send: async (request) => {
      const { pathname: path } = new URL(request.url);
      // As bytes, because workerd warns about a form that is read as text.
      const body = new TextDecoder().decode(await request.arrayBuffer());
      heard.push({ path, headers: request.headers, body });
      return (await answers.shift()?.()) ?? new Response();
    },
  };
  return { app, heard };
}

export const AMINA = "U0000000001";
export const BRUNO = "U0000000002";
export const SUPPORT = "C0000000001";

export const section = (text: string) => ({ type: "section", text: { type: "mrkdwn", text } });
