import type { AddressInfo } from "node:net";
import { type ServerType, serve } from "@hono/node-server";
import { answerQuestions } from "../../../bench/processes/ask.ts";
import { createSlack } from "../../../src/sandbox/slack.ts";
import { place, TRIGGER_TEMPLATE } from "./places.ts";
import type { SlackAnswer, SlackQuestion } from "./slack.ts";

const { app, workspace } = createSlack();
const started = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, () =>
  answerQuestions<SlackQuestion, SlackAnswer>(answerTo),
);
keepConnections(started);

function answerTo(question: SlackQuestion): SlackAnswer {
  switch (question.kind) {
    case "open":
      for (let number = 0; number < question.places; number += 1) furnish(number);
      return { port: (started.address() as AddressInfo).port };
    case "fault":
      workspace.faults.set(question.order);
      return null;
    case "mend":
      workspace.faults.clear();
      return null;
    case "archive": {
      const channel = workspace.channel(question.channel);
      if (channel !== undefined) channel.isArchived = question.archived;
      return null;
    }
    case "look":
      return {
        messages: workspace.messages.length,
        unanswered: workspace.requests.filter(({ status }) => status === null).length,
      };
    case "messages":
      return workspace.messages.map(({ channel, text, at }) => ({
        channel,
        text,
        at: Date.parse(at),
      }));
  }
}

function furnish(number: number): void {
  const { channel, webhook, trigger } = place(number);
  const name = `campaign-${number}`;
  workspace.channels.push({
    id: channel,
    name,
    purpose: "",
    isArchived: false,
    isPrivate: false,
    isMember: true,
    members: [],
  });
  workspace.webhooks.push({ path: webhook, channel });
  workspace.triggers.push({
    path: trigger,
    channel,
    workflow: name,
    variables: ["title"],
    template: TRIGGER_TEMPLATE,
  });
}

/** Longer than any pause of a run: a connection closed here would look like a fault of the sender. */
function keepConnections(server: ServerType): void {
  if ("keepAliveTimeout" in server) server.keepAliveTimeout = 600_000;
}
