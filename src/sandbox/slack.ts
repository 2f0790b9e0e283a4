import { Hono } from "hono";

import { createAppRequests, type SlackApp } from "./app-requests.ts";
import { incomingWebhooks } from "./incoming-webhooks.ts";
import { inspection } from "./inspection.ts";
import { misbehave } from "./misbehave.ts";
import { page } from "./page.ts";
import { createPeople, type People } from "./people.ts";
import { peopleApi } from "./people-api.ts";
import { createResponseUrls } from "./response-urls.ts";
import type { SlackContext, SlackEnv } from "./slack-env.ts";
import { TEAM } from "./support-team.ts";
import { triggers } from "./triggers.ts";
import { webApi } from "./web-api.ts";
import { createWorkspace, type Workspace } from "./workspace.ts";

export type SlackOptions = {
  now?: () => number;
  /** Destroys the caller's connection. By default: the socket under Node, an exception elsewhere. */
  cut?: (c: SlackContext) => Response | Promise<Response>;
  /** The bot tokens that are good. By default every `xoxb-…` is. */
  tokens?: readonly string[];
  /** The app that hears what people do; without one they act and nobody is told. */
  app?: SlackApp;
  /** Where the stand-in itself is reached: the origin of each `response_url`. */
  origin?: string;
};

export type Slack = { app: Hono<SlackEnv>; workspace: Workspace; people: People };

/**
 * A stand-in for Slack with a workspace of its own: it takes what Slack takes, refuses what Slack refuses in Slack's
 * words, fails on command, and shows what arrived. It runs on Node and on workerd.
 */
export function createSlack(options: SlackOptions = {}): Slack {
  const { now, cut, tokens, origin = "https://slack.test" } = options;
  const workspace = createWorkspace(now);
  const responseUrls = createResponseUrls(workspace, origin);
  const requests = createAppRequests(workspace, options.app);
  const people = createPeople(workspace, requests, responseUrls);
  const app = new Hono<SlackEnv>();

  // A stand-in that breaks should break its caller's fetch, as `cut` does, not look like an answer of Slack's.
  app.onError((error) => {
    throw error;
  });
  app.route("/", inspection(workspace));
  app.route("/", peopleApi(workspace, people));
  app.route("/", page(workspace));
  app.use(misbehave(workspace, cut));
  app.route("/", triggers(workspace));
  app.route("/", responseUrls.routes);
  app.route("/services", incomingWebhooks(workspace));
  app.route("/api", webApi(workspace, people, tokens));
  app.notFound((c) => c.text(`${TEAM.name} has no ${c.req.path}`, 404));
  return { app, workspace, people };
}
