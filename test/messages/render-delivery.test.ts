import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { Event } from "../../src/event.ts";
import type { JsonObject } from "../../src/json.ts";
import { defaultMessage } from "../../src/messages/default-message.ts";
import { fitMessage } from "../../src/messages/fit-message.ts";
import { renderDelivery } from "../../src/messages/render-delivery.ts";
import { kindVariables } from "../../src/messages/kind-variables.ts";
import { COMMON_VARIABLES } from "../../src/messages/workflow-variables.ts";
import type { Destination } from "../../src/mappings/schema.ts";
import { eventOf, FIXTURES, payloadOf } from "../gitlab/fixtures.ts";
import { oneRule } from "../mappings/rules.ts";

const CHANNEL: Destination = { type: "channel", channel: "C0123456789" };
const WEBHOOK: Destination = { type: "webhook", url: "secret:X" };
const EVERY_DEFAULT = [
  ...Object.keys(COMMON_VARIABLES),
  ...new Set(FIXTURES.flatMap((name) => Object.keys(kindVariables(eventOf(name).details)))),
];

function workflow(variables?: string[]): Destination {
  return { type: "workflow", url: "secret:X", ...(variables === undefined ? {} : { variables }) };
}

function wording(changes: object) {
  return oneRule({ name: "The rule", ...changes }).rules[0] ?? null;
}

function variablesOf(
  declared: string[] | undefined,
  written: Record<string, unknown> = {},
  event: Event = eventOf("issue.open"),
  payload: JsonObject = payloadOf("issue.open"),
): Record<string, string> {
  const rule = wording({ variables: written });
  const { outgoing } = renderDelivery({ event, payload }, rule, workflow(declared), null);
  if (outgoing.kind !== "workflow") throw new Error("a workflow takes variables");
  return outgoing.variables;
}

describe("a workflow's variables", () => {
  it("are those it declares: the rule's, else the documented default, else nothing", () => {
    const variables = variablesOf(["headline", "title", "url", "unheard_of"], {
      headline: "New: {{ event.title }}",
      url: "",
      undeclared: "x",
    });
    expect(variables).toEqual({
      headline: "New: CMOC handover: EMEA to AMER, 2026-10-12",
      title: "CMOC handover: EMEA to AMER, 2026-10-12",
      url: "",
      unheard_of: "",
    });
  });

  it("are exactly the rule's where the destination declares none", () => {
    expect(variablesOf(undefined, { a: "x", n: 3, yes: true })).toEqual({
      a: "x",
      n: "3",
      yes: "true",
    });
    expect(variablesOf(undefined)).toEqual({});
    expect(variablesOf([], { a: "x" })).toEqual({});
  });

  test.for(FIXTURES)("of %s are all there, and texts", (name) => {
    const names = [...EVERY_DEFAULT, "unheard_of", "constructor", "__proto__", "toString"];
    const variables = variablesOf(names, {}, eventOf(name), payloadOf(name));
    expect(Object.keys(variables)).toEqual(names);
    for (const value of Object.values(variables)) {
      expect(typeof value).toBe("string");
      expect(value).not.toMatch(/\bundefined\b|\bnull\b|\[object|<[!@#]/);
      // An entity may only be there because GitLab's own text has it.
      for (const [entity] of value.matchAll(/&(lt|gt|amp);/g)) {
        expect(JSON.stringify(payloadOf(name))).toContain(entity);
      }
    }
  });

  it("keep text as it is, entities of its own included, and open no mention", () => {
    const event = { ...eventOf("issue.open"), title: "a < b & *c* &lt; <!here> @channel" };
    const expected = "a < b & *c* &lt; ‹!here> @\u200bchannel";
    expect(variablesOf(["title"], {}, event)).toEqual({ title: expected });
    expect(variablesOf(["t"], { t: "{{ event.title }}" }, event)).toEqual({ t: expected });
  });

  it("are cut at 3,000 characters, not inside one", () => {
    const event = { ...eventOf("issue.open"), text: "👍".repeat(5_000) };
    const { text, own } = variablesOf(["text", "own"], { own: "{{ event.text }}" }, event);
    expect(Array.from(text ?? "")).toHaveLength(3_000);
    expect(text?.isWellFormed()).toBe(true);
    expect(text?.endsWith("👍…")).toBe(true);
    expect(own).toBe(text);
  });

  it("whatever an event says, are texts within the limit that mention no one", () => {
    const hostile = fc.string({
      unit: fc.constantFrom(
        "<",
        "!",
        "@",
        "#",
        ">",
        "&",
        "here",
        "channel",
        "https:",
        "\u0000",
        "a",
      ),
      maxLength: 30,
    });
    fc.assert(
      fc.property(hostile, hostile, (title, label) => {
        const event = { ...eventOf("issue.open"), title, labels: [label] };
        const variables = variablesOf(["title", "labels"], { title: "{{ event.title }}" }, event);
        for (const value of Object.values(variables)) {
          expect(value).not.toMatch(/<[!@#]|<https:|@(here|channel)\b/);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("open no mention together where none does alone", () => {
    const event = { ...eventOf("issue.open"), title: "<", text: "!channel> @" };
    const written = { a: "{{ event.title }}{{ event.text }}here", b: "<{{ event.text }}" };
    for (const value of Object.values(variablesOf(undefined, written, event))) {
      expect(value).not.toMatch(/<!|@here/);
    }
  });

  it("fall back one by one when a template fails, and say so", () => {
    const rule = wording({
      variables: {
        title: "{% for i in (1..999) %}{{ i }}{{ i }}{{ i }}{{ i }}{{ i }}{{ i }}{% endfor %}",
        url: "{{ event.url }}",
      },
    });
    const event = eventOf("issue.open");
    const rendered = renderDelivery({ event, payload: {} }, rule, workflow(["title", "url"]), null);
    expect(rendered).toEqual({
      outgoing: { kind: "workflow", variables: { title: event.title, url: event.url } },
      problem: expect.stringMatching(/^variables\.title: .*more than 5,000 steps/),
    });
  });
});

describe("a message", () => {
  test.for<[string, Destination]>([
    ["channel", CHANNEL],
    ["incoming webhook", WEBHOOK],
  ])("for a %s is the rule's", ([, destination]) => {
    const rule = wording({ message: "*{{ event.actor.name }}* asks: {{ event.link }}" });
    const text =
      "*Leif Aaltonen* asks: <https://gitlab.example.com/gitlab-com/support/dotcom/cmoc-handover/-/issues/1287|CMOC handover: EMEA to AMER, 2026-10-12>";
    expect(
      renderDelivery({ event: eventOf("issue.open"), payload: {} }, rule, destination, null),
    ).toEqual({
      outgoing: {
        kind: "message",
        text,
        blocks: [{ type: "section", text: { type: "mrkdwn", text, verbatim: true } }],
      },
      problem: null,
    });
  });

  it("is the default where the rule says nothing, and where the rule is gone", () => {
    const event = eventOf("issue.open");
    const outgoing = { kind: "message", ...fitMessage(defaultMessage(event)) };
    expect(renderDelivery({ event, payload: {} }, wording({}), CHANNEL, null)).toEqual({
      outgoing,
      problem: null,
    });
    expect(renderDelivery({ event, payload: {} }, null, CHANNEL, null)).toEqual({
      outgoing,
      problem: null,
    });
  });

  it("has its blocks filled, escaped only where they are mrkdwn", () => {
    const rule = wording({
      message: {
        text: "{{ event.title }}",
        blocks: [
          { type: "header", text: { type: "plain_text", text: "{{ event.title }}" } },
          { type: "section", text: { type: "mrkdwn", text: "{{ event.title }}" }, block_id: "b" },
          {
            type: "actions",
            elements: [{ type: "button", value: "{{ event.id }}", count: 3, on: true }],
          },
        ],
      },
    });
    const event = { ...eventOf("issue.open"), title: "<a> & b" };
    expect(renderDelivery({ event, payload: {} }, rule, CHANNEL, null).outgoing).toEqual({
      kind: "message",
      text: "&lt;a&gt; &amp; b",
      blocks: [
        { type: "header", text: { type: "plain_text", text: "<a> & b" } },
        {
          type: "section",
          text: { type: "mrkdwn", text: "&lt;a&gt; &amp; b", verbatim: true },
          block_id: "b",
        },
        { type: "actions", elements: [{ type: "button", value: "event-id", count: 3, on: true }] },
      ],
    });
  });

  test.for<[string, unknown]>([
    ["text", "{% for i in (1..999) %}{{ i }}{{ i }}{{ i }}{{ i }}{{ i }}{{ i }}{% endfor %}"],
    [
      "block",
      {
        text: "fine",
        blocks: [
          {
            type: "section",
            text: {
              type: "mrkdwn",
              text: "{% for i in (1..999) %}{{ i }}{{ i }}{{ i }}{{ i }}{{ i }}{{ i }}{% endfor %}",
            },
          },
        ],
      },
    ],
  ])("whose %s fails becomes the default, and says which rule", ([, message]) => {
    const event = eventOf("issue.open");
    const { outgoing, problem } = renderDelivery(
      { event, payload: {} },
      wording({ message }),
      CHANNEL,
      null,
    );
    expect(problem).toMatch(/more than 5,000 steps/);
    expect(outgoing).toMatchObject({ text: defaultMessage(event).text });
    expect(JSON.stringify(outgoing)).toContain(
      ':warning: The message of the rule \\"The rule\\" could not be made (the template takes more than 5,000 steps',
    );
  });

  it("that comes out empty is not sent empty", () => {
    const rule = wording({ message: "{{ event.milestone }}" });
    const { outgoing } = renderDelivery(
      { event: eventOf("issue.open"), payload: {} },
      rule,
      CHANNEL,
      null,
    );
    expect(outgoing).toMatchObject({ text: "(empty message)" });
  });

  it("of a rule whose condition has no answer is the default, and says why it was sent", () => {
    const event = eventOf("issue.open");
    const rule = wording({ message: "the rule's own words" });
    const { outgoing, problem } = renderDelivery(
      { event, payload: {} },
      rule,
      CHANNEL,
      "No such key: nope",
    );
    expect(problem).toBe("No such key: nope");
    expect(outgoing).toMatchObject({ text: defaultMessage(event).text });
    expect(JSON.stringify(outgoing)).toContain("No such key: nope");
    expect(JSON.stringify(outgoing)).not.toContain("own words");
  });
});
