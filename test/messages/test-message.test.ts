import { describe, expect, it } from "vitest";
import { section } from "../../src/messages/fit-message.ts";
import { asTest } from "../../src/messages/test-message.ts";

function testOf(blocks: { type: string; [key: string]: unknown }[]) {
  const { blocks: shown } = asTest({ kind: "message", text: "t", blocks }, "amina");
  const [mark, ...rest] = shown ?? [];
  return { mark: JSON.stringify(mark), rest };
}

describe("a test message", () => {
  it("has as many blocks as Slack takes, and says if that leaves one out", () => {
    const of = (n: number) => testOf(Array.from({ length: n }, (_, at) => section(`${at}`)));
    expect(of(49).rest).toHaveLength(49);
    expect(of(49).mark).not.toContain("left out");
    expect(of(50).rest).toHaveLength(49);
    expect(of(50).mark).toContain("Its last block is left out");
  });

  it("mentions nobody in rich text, fields and context, and leaves the rest as it is", () => {
    const text = (mrkdwn: string) => ({ type: "mrkdwn", text: mrkdwn });
    const date = "<!date^1700000000^{date}|a day> <https://example.test|link> a < b";
    const { rest } = testOf([
      { type: "section", fields: [text("<!here> x"), text(date)] },
      { type: "context", elements: [text("<@U0000000001|amina>")] },
      {
        type: "rich_text",
        elements: [
          {
            type: "rich_text_section",
            elements: [
              { type: "broadcast", range: "channel" },
              { type: "user", user_id: "U0000000001" },
              { type: "usergroup", usergroup_id: "S0000000001" },
              { type: "text", text: " hello" },
            ],
          },
        ],
      },
    ]);
    const at = (name: string) => ({ type: "text", text: `@\u200b${name}` });
    expect(rest).toEqual([
      { type: "section", fields: [text("@\u200bhere x"), text(date)] },
      { type: "context", elements: [text("@\u200bamina")] },
      {
        type: "rich_text",
        elements: [
          {
            type: "rich_text_section",
            elements: [
              at("channel"),
              at("U0000000001"),
              at("S0000000001"),
              { type: "text", text: " hello" },
            ],
          },
        ],
      },
    ]);
  });
});
