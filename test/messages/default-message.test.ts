import { describe, expect, it, test } from "vitest";
import type { JsonObject } from "../../src/json.ts";
import { redactVariables } from "../../src/gitlab/redact-variables.ts";
import { defaultMessage } from "../../src/messages/default-message.ts";
import { fitMessage } from "../../src/messages/fit-message.ts";
import { checkBlocks } from "../../src/sandbox/check-blocks.ts";
import { eventOf, FIXTURES, payloadOf } from "../gitlab/fixtures.ts";
import { mrkdwnIn, textsIn } from "./texts-in.ts";

const SLIPS = /\bundefined\b|\bnull\b|\[object Object\]|\bNaN\b|Invalid Date|\{\}/;

/** Everything that a person reads of a message. */
function said(message: ReturnType<typeof defaultMessage>): string {
  return [message.text, ...textsIn(message.blocks)].join("\n");
}

describe("the default message of each fixture", () => {
  test.for(FIXTURES)("%s", async (name) => {
    const message = fitMessage(defaultMessage(eventOf(name)));
    expect(checkBlocks(message.blocks)).toEqual([]);
    expect(said(message)).not.toMatch(SLIPS);
    await expect(`${JSON.stringify(message, null, 2)}\n`).toMatchFileSnapshot(
      `../fixtures/slack/${name}.json`,
    );
  });
});

describe("the default message", () => {
  test.for(FIXTURES)("of %s mentions no one and links only where the body does", (name) => {
    const text = said(defaultMessage(eventOf(name)));
    const body = JSON.stringify(payloadOf(name));
    expect(text).not.toMatch(/<[!@#]/);
    for (const [, link] of text.matchAll(/<([^>]*)>/g)) {
      expect(link).toMatch(/^https:\/\/[^|]*\|[^|]+$/);
      const { origin } = new URL(link?.split("|")[0] ?? "");
      expect(body).toContain(origin);
    }
  });

  test.for(FIXTURES)("of %s has nothing that formats itself", (name) => {
    const { blocks } = defaultMessage(eventOf(name));
    const found = mrkdwnIn(blocks);
    expect(found.length).toBeGreaterThan(0);
    for (const object of found) expect(object).toMatchObject({ verbatim: true });
  });

  it("says nothing of the variables of a pipeline", () => {
    const payload = payloadOf("pipeline.failed");
    const { variables } = payload["object_attributes"] as { variables: JsonObject[] };
    const text = said(defaultMessage(eventOf("pipeline.failed")));
    for (const { value } of structuredClone(variables)) expect(text).not.toContain(value);
    expect(defaultMessage(eventOf("pipeline.failed", redactVariables(payload)))).toEqual(
      defaultMessage(eventOf("pipeline.failed")),
    );
  });

  it("marks a confidential event", () => {
    expect(said(defaultMessage(eventOf("issue.open-confidential")))).toContain(
      ":lock: confidential",
    );
    expect(said(defaultMessage(eventOf("issue.open")))).not.toContain("confidential");
  });

  it("carries a note to whoever keeps the rules", () => {
    const note = 'The rule "<!here>" is broken.';
    expect(said(defaultMessage(eventOf("issue.open"), "card", note))).toContain(
      ':warning: The rule "&lt;!here&gt;" is broken.',
    );
  });

  it("of a comment quotes it, line by line", () => {
    const attributes = { note: "**one**\n\n`<!here>` two", url: null, noteable_type: "Issue" };
    const text = said(
      defaultMessage(eventOf("note.create-issue", { object_attributes: attributes })),
    );
    expect(text).toContain("\n> *one*\n> \n> `&lt;!here&gt;` two");
  });

  test.for(["constructor", "__proto__", "toString", "<!here>", ""])(
    "of a pipeline that is %j says no more than that",
    (status) => {
      const event = eventOf("pipeline.failed", { object_attributes: { id: 7, status } });
      expect(said(defaultMessage(event))).toMatch(/Pipeline <[^>]+\|#7> is [a-z &;!]*in </);
    },
  );

  it("fits Slack's limits whatever the sizes are", () => {
    const long = "<&>*`".repeat(5_000);
    const labels = Array.from({ length: 300 }, (_, n) => ({ id: n, title: `${n}${long}` }));
    const people = labels.map(({ id }) => ({ id, name: long, username: long }));
    for (const name of [
      "issue.open",
      "merge_request.open",
      "note.create-issue",
      "pipeline.failed",
    ]) {
      const attributes = {
        ...(payloadOf(name)["object_attributes"] as JsonObject),
        title: long,
        note: `${long}\n`.repeat(20),
        source_branch: long,
        ref: long,
      };
      const event = eventOf(name, { object_attributes: attributes, labels, assignees: people });
      const message = fitMessage(defaultMessage(event));
      expect({ name, problems: checkBlocks(message.blocks) }).toEqual({ name, problems: [] });
      expect(message.text.length).toBeLessThanOrEqual(4_000);
    }
  });

  test.for(["object_attributes", "project", "user", "labels", "assignees", "commit", "issue"])(
    "has no slips where there is no %s",
    (key) => {
      for (const name of FIXTURES) {
        for (const absent of [null, {}, []]) {
          const text = said(fitMessage(defaultMessage(eventOf(name, { [key]: absent }))));
          expect({ name, slips: SLIPS.exec(text) }).toEqual({ name, slips: null });
        }
      }
    },
  );
});
