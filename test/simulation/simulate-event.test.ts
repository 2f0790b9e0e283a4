import { describe, expect, it } from "vitest";
import { object } from "../../src/json.ts";
import {
  draftConfiguration,
  type DraftDocument,
} from "../../src/simulation/draft-configuration.ts";
import { readHappening } from "../../src/simulation/read-happening.ts";
import { simulateEvent } from "../../src/simulation/simulate-event.ts";
import { eventOf, payloadOf } from "../gitlab/fixtures.ts";
import { ENVELOPE } from "../slack/bodies.ts";

const CHANNEL = { type: "channel", channel: "C0000000001" };
const WORKFLOW = { type: "workflow", url: "secret:TRIGGER", variables: ["title", "extra"] };

function draft(documents: Record<string, unknown>) {
  return draftConfiguration(
    Object.entries(documents).map(([key, value]): DraftDocument => ({
      key,
      text: typeof value === "string" ? value : JSON.stringify(value),
    })),
  );
}

/** What these rules for everything make of a recorded body. */
function simulated(name: string, rules: object[], destinations: Record<string, unknown> = {}) {
  const documents = Object.entries(destinations).map(([key, value]) => [
    `destination/${key}`,
    value,
  ]);
  return simulateEvent(
    eventOf(name),
    payloadOf(name),
    draft({ "mapping/gitlab/*": { rules }, ...Object.fromEntries(documents) }),
  );
}

describe("what a draft makes of an event", () => {
  it("has the message of each destination as it would be sent, and every rule with its reason", () => {
    const { reason, rules, deliveries } = simulated(
      "issue.open",
      [
        { name: "Closed", on: "issue.close", to: "channel" },
        { name: "Labelled", on: "issue.open", when: { labels: "Nobody" }, to: "channel" },
        {
          name: "Opened",
          on: "issue.open",
          to: ["channel", "workflow"],
          message: "*{{ event.title }}*",
          variables: { title: "{{ event.title }}" },
        },
        { name: "Again", on: "issue.*", to: "channel" },
      ],
      { channel: CHANNEL, workflow: WORKFLOW },
    );
    const { title } = eventOf("issue.open");
    expect(reason).toBeNull();
    expect(rules).toMatchObject([
      { rule: "Closed", matched: false, why: expect.stringContaining("wanted issue.close") },
      { rule: "Labelled", matched: false, why: expect.stringContaining("Nobody") },
      { rule: "Opened", matched: true, why: "matched: to channel; to workflow" },
      {
        rule: "Again",
        matched: true,
        why: 'matched: not to channel, which the rule "Opened" already reached',
      },
    ]);
    expect(deliveries).toMatchObject([
      {
        destination: "channel",
        rule: "Opened",
        outcome: "sent",
        place: { type: "channel", channel: "C0000000001" },
        content: {
          kind: "message",
          text: `*${title}*`,
          blocks: [{ type: "section", text: { text: `*${title}*` } }],
        },
        problem: null,
      },
      {
        destination: "workflow",
        outcome: "sent",
        place: { type: "workflow", secret: "secret:TRIGGER" },
        content: { kind: "workflow", variables: { title, extra: "" } },
      },
    ]);
  });

  it("never says the URL of a workflow, which is a password", () => {
    const url = "https://hooks.slack.com/triggers/T0/1/very-secret";
    const found = simulated("issue.open", [{ name: "A", on: "*", to: "w" }], {
      w: { ...WORKFLOW, url },
    });
    expect(found.deliveries).toMatchObject([{ outcome: "sent", place: { secret: null } }]);
    expect(JSON.stringify(found)).not.toContain("very-secret");
  });

  it("keeps what is confidential from those who may not be told, and shows what shadow would send", () => {
    const rules = [
      { name: "Live", on: "issue.open", to: ["open", "closed"] },
      { name: "Shadow", on: "issue.open", to: "watcher", mode: "shadow", message: "psst" },
    ];
    const destinations = {
      open: CHANNEL,
      closed: { ...CHANNEL, confidential: true },
      watcher: { ...CHANNEL, confidential: true },
    };
    expect(simulated("issue.open-confidential", rules, destinations).deliveries).toMatchObject([
      { destination: "open", outcome: "confidential", content: null },
      { destination: "closed", outcome: "sent" },
      { destination: "watcher", outcome: "shadow", content: { text: "psst" } },
    ]);
  });

  it("says what keeps a message waiting: a destination that is missing, one with a mistake", () => {
    const rules = [{ name: "A", on: "issue.open", to: ["missing", "broken"] }];
    expect(simulated("issue.open", rules, { broken: { type: "chanel" } }).deliveries).toMatchObject(
      [
        { outcome: "waits", problem: "there is no document destination/missing" },
        { outcome: "waits", problem: expect.stringContaining('Did you mean "channel"?') },
      ],
    );
  });

  it("says that an event waits for a mapping that cannot be used, and why nothing comes of others", () => {
    const [event, payload] = [eventOf("issue.open"), payloadOf("issue.open")];
    const of = (documents: Record<string, unknown>) =>
      simulateEvent(event, payload, draft(documents));
    expect(of({ "mapping/gitlab/*": '{"rules": [}' })).toMatchObject({
      waits: true,
      reason: expect.stringContaining("mapping/gitlab/* cannot be used: the document is not JSON"),
    });
    expect(of({})).toMatchObject({ waits: false, reason: "no mapping for its path" });
    expect(of({ "mapping/gitlab/*": { rules: [] } })).toMatchObject({ reason: "no rule matched" });
  });

  it("falls back to the default message where a template fails, and says so", () => {
    const often = "{{ i }}".repeat(6);
    const message = `{% for i in (1..999) %}${often}{% endfor %}`;
    const { deliveries } = simulated("issue.open", [{ name: "A", on: "*", to: "c", message }], {
      c: CHANNEL,
    });
    expect(deliveries).toMatchObject([
      { outcome: "sent", problem: expect.stringMatching(/^template: /) },
    ]);
    expect(JSON.stringify(deliveries[0]?.content)).toContain("could not be made");
  });

  it("mentions people who have a document", () => {
    const { actor } = eventOf("issue.open");
    const rule = { name: "A", on: "*", to: "c", message: "{{ event.actor | mention }}" };
    const configuration = draft({
      "mapping/gitlab/*": { rules: [rule] },
      "destination/c": CHANNEL,
      [`person/${actor?.username ?? ""}`]: { slack: "U0000000009" },
    });
    const { deliveries } = simulateEvent(
      eventOf("issue.open"),
      payloadOf("issue.open"),
      configuration,
    );
    expect(deliveries).toMatchObject([{ content: { text: "<@U0000000009>" } }]);
  });
});

describe("a body of Slack's", () => {
  const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

  it("is matched as far as it says by itself what happened, and says what is not known", () => {
    const happening = readHappening(bytes(ENVELOPE));
    if (happening === null) throw new Error("unreadable");
    expect(happening.notes).toEqual([expect.stringContaining("Slack's events leave out")]);
    const rules = [
      { name: "Thanks", on: "reaction.thumbsup", to: ["thread", "dm"], message: "Hello" },
      { name: "Other", on: "reaction.eyes", to: "thread", message: "Hello" },
    ];
    const configuration = draft({ "mapping/slack/C123ABC456": { rules } });
    const { rules: verdicts, deliveries } = simulateEvent(
      happening.event,
      happening.payload,
      configuration,
    );
    expect(verdicts.map(({ matched }) => matched)).toEqual([true, false]);
    expect(deliveries).toMatchObject([
      {
        destination: "thread:C123ABC456",
        outcome: "sent",
        content: { text: "Hello", thread: "1360782400.498405" },
      },
      { destination: "dm:U123ABC456", outcome: "sent" },
    ]);
  });

  it("about what the bot did itself comes to nothing", () => {
    const own = { ...ENVELOPE, event: { ...ENVELOPE.event, user: "U0CAUSEWAY" } };
    const happening = readHappening(bytes(own));
    if (happening === null) throw new Error("unreadable");
    const rules = [{ name: "Thanks", on: "reaction.*", to: "thread", message: "Hello" }];
    const configuration = draft({ "mapping/slack/*": { rules } });
    expect(simulateEvent(happening.event, happening.payload, configuration)).toMatchObject({
      reason: "Causeway did it itself",
      deliveries: [],
    });
  });
});

describe("a body that is tried out", () => {
  it("belongs to its hook's path when it has none of its own", () => {
    const { project: _project, ...payload } = payloadOf("issue.open");
    const body = new TextEncoder().encode(
      JSON.stringify({ ...payload, object_attributes: { title: "x", action: "open" } }),
    );
    expect(readHappening(body)?.event.path).toBeNull();
    expect(readHappening(body, { hookPath: "acme/widgets" })?.event.path).toBe("acme/widgets");
  });

  it("counts as the first pipeline of its ref, unless it is known what it changed", () => {
    const payload = payloadOf("pipeline.failed");
    const { ref_status_name: _said, ...attributes } = object(payload["object_attributes"]);
    const body = new TextEncoder().encode(
      JSON.stringify({ ...payload, object_attributes: attributes }),
    );
    const guessed = readHappening(body);
    expect(guessed?.event.types).toContain("pipeline.broken");
    expect(guessed?.notes).toEqual([expect.stringContaining("simulated as the first one")]);
    const known = readHappening(body, { refChange: null });
    expect(known?.event.types).not.toContain("pipeline.broken");
    expect(known?.notes).toEqual([]);
  });

  it("keeps no values of pipeline variables, and is nothing when it is no JSON object", () => {
    const payload = {
      ...payloadOf("pipeline.success"),
      object_attributes: { variables: [{ key: "K", value: "hunter2" }] },
    };
    const read = readHappening(new TextEncoder().encode(JSON.stringify(payload)));
    expect(JSON.stringify(read)).not.toContain("hunter2");
    expect(readHappening(new TextEncoder().encode("[]"))).toBeNull();
  });
});
