import * as z from "zod/mini";
import { ChannelQuery } from "../channel-query.ts";
import { CheckAnswer } from "./check-answers.ts";
import {
  BAD_QUERY,
  KV_UNREADABLE,
  type Answer,
  type Operation,
  type Refusal,
} from "./operation.ts";
import { DestinationName } from "./shapes.ts";

const BUSY: Refusal = {
  status: 429,
  code: "slack_busy",
  when: "Slack wants to be left alone for `retryAfterSeconds` (also in `Retry-After`)",
  more: { retryAfterSeconds: z.number() },
};
const found: Answer = { status: 200, about: "What was found.", schema: CheckAnswer };
const verb = "causeway doctor";

/** What `/checks` can be asked. */
export const CHECK_OPERATIONS: Operation[] = [
  {
    method: "GET",
    path: "/checks/settings",
    id: "checkSettings",
    tag: "Checks",
    summary: "Look at the settings: what is missing, and what cannot be used.",
    about: "Names of secrets are said, never their values.",
    answers: [found],
    verb,
  },
  {
    method: "GET",
    path: "/checks/delivery",
    id: "checkDelivery",
    tag: "Checks",
    summary: "Look at deliveries: what is paused, waits or failed.",
    answers: [found],
    verb,
  },
  {
    method: "GET",
    path: "/checks/kv",
    id: "checkKv",
    tag: "Checks",
    summary: "Look at KV: whether it can be read, and which documents cannot be used.",
    answers: [found],
    verb,
  },
  {
    method: "GET",
    path: "/checks/slack",
    id: "checkSlack",
    tag: "Checks",
    summary: "Look at the Slack app: its bot token, and the scopes that it lacks.",
    answers: [found],
    refusals: [BUSY],
    verb,
  },
  {
    method: "GET",
    path: "/checks/channels/:id",
    id: "checkChannel",
    tag: "Checks",
    summary: "Look at a channel in Slack: whether it can be used for what it is there for.",
    params: {
      id: z.string().check(
        z.meta({
          description: "The id of a channel, or of a person.",
          examples: ["C0123456789"],
        }),
      ),
    },
    query: ChannelQuery,
    answers: [found],
    refusals: [
      { status: 400, code: "bad_channel", when: "that is no id of Slack's" },
      BAD_QUERY,
      BUSY,
    ],
    example: "?use=hears",
    verb,
  },
  {
    method: "GET",
    path: "/checks/destinations/:name",
    id: "checkDestination",
    tag: "Checks",
    summary: "Look at a destination: its document, its address and its channel.",
    params: { name: DestinationName },
    answers: [found],
    refusals: [BUSY, KV_UNREADABLE],
    verb,
  },
  {
    method: "POST",
    path: "/checks/destinations/:name",
    id: "checkDraftDestination",
    tag: "Checks",
    summary: "Look at a destination that is not published yet: its document is the body.",
    params: { name: DestinationName },
    body: {
      schema: z.looseObject({}),
      example: { type: "channel", channel: "C0123456789" },
      about: "The document.",
    },
    answers: [found],
    refusals: [BUSY],
    verb: "causeway doctor --dir config",
  },
];
