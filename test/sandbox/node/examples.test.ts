import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, test } from "vitest";

import { parseEvent } from "../../../src/gitlab/parse-event.ts";
import type { JsonObject } from "../../../src/json.ts";
import { addressNamed } from "../../../src/mappings/address.ts";
import { mappingKeys, type Source } from "../../../src/mappings/mapping-keys.ts";
import { matchRules, type Verdict } from "../../../src/mappings/match-rules.ts";
import {
  parseDestination,
  parseMapping,
  parsePerson,
} from "../../../src/mappings/parse-document.ts";
import { renderDelivery } from "../../../src/messages/render-delivery.ts";
import { answerTarget } from "../../../src/relay/answering/answer-target.ts";
import { readConfiguration } from "../../../src/folder/read-folder.ts";
import { sampleBody, type SampleOptions } from "../../../src/sandbox/sample-delivery.ts";
import { CHANNELS, MEMBERS, TRIGGERS } from "../../../src/sandbox/support-team.ts";
import { parseSlackEvent } from "../../../src/slack/parse-event.ts";
import type { SlackFacts } from "../../../src/slack/slack-facts.ts";

const ROOT = join(import.meta.dirname, "../../..");
const examples = readConfiguration(join(ROOT, "examples/gitlab-support"));
const REQUESTS = "gitlab-com/support/internal-requests";

describe("the example configuration", () => {
  it("is valid, all of it", () => {
    const problems = examples.map(({ key, value }) => {
      const parsed = parserOf(key)(key, value);
      return [key, parsed.ok ? [] : parsed.problems];
    });
    expect(problems).toEqual(examples.map(({ key }) => [key, []]));
  });

  it("declares what the stand-in's workflows declare, and names channels and people it has", () => {
    const [handover, requests] = TRIGGERS;
    expect(document("destination/support-gitlab-com")).toMatchObject({
      variables: handover?.variables,
      channel: handover?.channel,
    });
    expect(document("destination/support-licensing-subscription")).toMatchObject({
      variables: requests?.variables,
      channel: requests?.channel,
    });
    expect(document("destination/causeway-alerts")["channel"]).toBe(channelId("causeway-alerts"));
    for (const { id, name } of MEMBERS.filter(({ name }) => ["amina", "bruno"].includes(name))) {
      expect(document(`person/${name}`)).toEqual({ slack: id });
    }
  });

  test.for<[string, SampleOptions, string[]]>([
    ["issue.open", {}, ["support-gitlab-com"]],
    ["issue.close", { project: "gitlab-com/support/dotcom/cmoc-handover" }, []],
    ["issue.open-licensing", {}, ["support-licensing-subscription"]],
    ["issue.open-licensing", { labels: ["Duplicate"] }, []],
    ["issue.open", { project: REQUESTS }, []],
    [
      "issue.open",
      { project: REQUESTS, labels: ["SM Renewals"] },
      ["support-licensing-subscription"],
    ],
    ["issue.open", { project: "gitlab-com/support/other", labels: ["SM Renewals"] }, []],
    ["issue.labeled", {}, ["support-licensing-subscription"]],
  ])("sends %s %j to %j", ([name, options, destinations]) => {
    expect(route(sampleBody(fixture(name), options))).toEqual(destinations);
  });

  it("rings once when a licensing request gets a second licensing label", () => {
    const body = JSON.parse(sampleBody(fixture("issue.labeled"), { labels: ["SM Renewals"] }));
    body.changes.labels.previous = body.labels.slice(0, -1);
    expect(route(JSON.stringify(body))).toEqual([]);
  });
});

/** Support's public handbook: which emoji is answered in which channel, there by a workflow of Slack's. */
const MATRIX: Record<string, string[]> = {
  "support_gitlab-com": ["escalate", "leftwards_arrow_with_hook", "slack", "admission_tickets"],
  "support_licensing-subscription": ["escalate"],
  support_escalations: ["escalate"],
  "support_self-managed": ["escalate"],
  "causeway-alerts": [],
};
const EMOJI = [...new Set(Object.values(MATRIX).flat())];
const CELLS = CHANNELS.flatMap(({ name }) => EMOJI.map((emoji): [string, string] => [emoji, name]));

describe("the example's answers", () => {
  it("know every channel of the stand-in", () => {
    expect(Object.keys(MATRIX).toSorted()).toEqual(CHANNELS.map(({ name }) => name).toSorted());
  });

  it.for(CELLS)("to :%s: in #%s are those of the handbook", ([emoji, channel]) => {
    const answers = answersTo(reaction(emoji), channel);
    const wanted = MATRIX[channel]?.includes(emoji) === true;
    expect(answers.map(({ to }) => to)).toEqual(wanted ? ["thread"] : []);
    for (const { text, problem } of answers) {
      expect(problem).toBe(null);
      expect(text).toMatch(/^<@U0000000002>, .*<https:\/\/(docs\.gitlab|example)\.com\//s);
    }
  });

  it("say something else in each channel and for each emoji", () => {
    const texts = CELLS.flatMap(([emoji, channel]) =>
      answersTo(reaction(emoji), channel).map(({ text }) => text),
    );
    expect(texts).toHaveLength(7);
    expect(new Set(texts).size).toBe(texts.length);
  });

  it("speak to nobody by name when nobody wrote the message", () => {
    const [answer] = answersTo(reaction("escalate"), "support_gitlab-com", null);
    expect(answer).toMatchObject({ problem: null, text: expect.stringMatching(/^Hello, /) });
  });

  it.for(CHANNELS.map(({ name }) => name))("greet directly who joins #%s, or not", (channel) => {
    const joined = { type: "member_joined_channel", user: "U0000000001", channel: "" };
    const answers = answersTo(joined, channel);
    expect(answers.map(({ to }) => to)).toEqual(channel === "support_gitlab-com" ? ["dm"] : []);
    for (const { text, problem } of answers) {
      expect(problem).toBe(null);
      expect(text).toMatch(/^Welcome to <#C0000000001>, amina! /);
    }
  });

  it("make one confidential issue of a message, by emoji and by shortcut", () => {
    const body = { type: "message_action", callback_id: "issue", message_ts: TS };
    for (const given of [reaction("ticket"), { ...body, message: { ts: TS } }]) {
      const [answer, ...others] = answersTo(given, "support_gitlab-com");
      expect(others).toEqual([]);
      expect(answer).toMatchObject({
        to: "gitlab_issue",
        problem: null,
        outgoing: {
          draft: {
            project: "gitlab-com/support/support-team-meta",
            title: "Ticket 4711 waits",
            labels: ["From Slack"],
            confidential: true,
          },
        },
      });
    }
  });
});

const TS = "1795397134.714000";

function reaction(emoji: string): JsonObject {
  const item = { type: "message", channel: "", ts: TS };
  return { type: "reaction_added", user: "U0000000001", reaction: emoji, item };
}

/** What the examples answer to something that Amina does, about a message of `author`'s. */
function answersTo(given: JsonObject, channelName: string, author: string | null = "U0000000002") {
  const channel = channelId(channelName);
  const payload: JsonObject =
    given["type"] === "message_action"
      ? { ...given, channel: { id: channel }, user: { id: "U0000000001" } }
      : {
          type: "event_callback",
          event: {
            ...given,
            ...("item" in given ? { item: { ...(given["item"] as JsonObject), channel } } : {}),
            ...("channel" in given ? { channel } : {}),
          },
        };
  const event = parseSlackEvent(payload, "1", factsAbout(channelName, author));
  const { details } = event;
  return verdicts("slack", event.path, (mappings) => matchRules(event, payload, mappings)).flatMap(
    ({ rule, destinations }) =>
      destinations.map((to) => {
        const name = details.of === "slack" ? answerTarget(to, rule, event, details) : null;
        const address = addressNamed(name ?? "");
        if (address === null) throw new Error(`${to} has no address`);
        const { outgoing, problem } = renderDelivery({ event, payload }, rule, address);
        return { to, outgoing, problem, text: outgoing.kind === "message" ? outgoing.text : null };
      }),
  );
}

function factsAbout(channelName: string, author: string | null): SlackFacts {
  const known = { bot: false, gitlab: null };
  return {
    bot: "U0CAUSEWAY",
    channelName,

    message: {
      text: "Ticket 4711 waits\nsince yesterday",
      permalink: null,
      root: TS,
      isReply: false,
      notice: null,
      byPerson: author !== null,
      author,
    },
    people: {
      U0000000001: { ...known, username: "amina", name: "amina" },
      U0000000002: { ...known, username: "bruno", name: "bruno" },
    },
    groups: {},
    unknown: [],
  };
}

function route(text: string): string[] {
  const payload = JSON.parse(text);
  const event = parseEvent(payload, {
    id: "1",
    hookName: null,
    hookPath: null,
    large: false,
    refChange: null,
  });
  return verdicts("gitlab", event.path, (mappings) => matchRules(event, payload, mappings)).flatMap(
    ({ destinations }) => destinations,
  );
}

/** What becomes of the examples' rules for a path. */
function verdicts(
  source: Source,
  path: string | null,
  match: (mappings: Parameters<typeof matchRules>[2]) => Verdict[],
): Verdict[] {
  const mappings = mappingKeys(source, path).flatMap((key) => {
    const value = valueOf(key);
    const parsed = value === null ? null : parseMapping(key, value);
    return parsed?.ok === true ? [parsed.value] : [];
  });
  return match(mappings);
}

function parserOf(key: string) {
  if (key.startsWith("destination/")) return parseDestination;
  return key.startsWith("person/") ? parsePerson : parseMapping;
}

function document(key: string): Record<string, unknown> {
  return JSON.parse(valueOf(key) ?? "null");
}

function valueOf(key: string): string | null {
  return examples.find((each) => each.key === key)?.value ?? null;
}

function channelId(name: string): string {
  return CHANNELS.find((each) => each.name === name)?.id ?? "";
}

function fixture(name: string): string {
  return readFileSync(join(ROOT, `test/fixtures/gitlab/${name}.json`), "utf8");
}
