import { describe, expect, it, test } from "vitest";
import { fitMessage, plainFallback } from "../../src/messages/fit-message.ts";
import type { Content } from "../../src/relay/outcomes.ts";
import { packContent, unpackContent } from "../../src/relay/stored-content.ts";

const divider = { type: "divider" };

describe("content in a row", () => {
  test.for<[string, Content | null]>([
    ["nothing", null],
    ["a workflow's variables", { kind: "workflow", variables: { title: "t" } }],
    ["an alert", { kind: "alert", text: "a" }],
    ["one section", { kind: "message", ...fitMessage({ text: "*hi*", blocks: null }) }],
    [
      "several sections",
      { kind: "message", ...fitMessage({ text: "a ".repeat(4_000), blocks: null }) },
    ],
    ["blocks of its own", { kind: "message", ...fitMessage({ text: "t", blocks: [divider] }) }],
    ["plain text", { kind: "message", ...plainFallback("t") }],
  ])("comes back as it was: %s", ([, content]) => {
    expect(unpackContent(packContent(content))).toEqual(content);
  });

  it("says the text of a simple message once", () => {
    const packed = packContent({
      kind: "message",
      ...fitMessage({ text: "only once", blocks: null }),
    });
    expect(packed?.match(/only once/g)).toHaveLength(1);
  });
});
