import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { Json } from "../../src/json.ts";
import { noticeIn, withNotice } from "../../src/slack/notice-mark.ts";

const DELIVERY = "Z2l0bGFiL2FjbWU.AAAAAAAAAAAAAAAAAAAAAA.0";
const SECTION = { type: "section", text: { type: "mrkdwn", text: "Hello" } };

/** Blocks as Slack gives them back. */
function asGiven(blocks: object[] | null): Json {
  return JSON.parse(JSON.stringify(blocks));
}

describe("a message with the id of its delivery", () => {
  it("carries it on its first block, and is else as it was", () => {
    const message = { blocks: [SECTION, { type: "divider" }] };
    expect(withNotice(message, DELIVERY)).toEqual({
      blocks: [{ ...SECTION, block_id: `causeway:${DELIVERY}` }, { type: "divider" }],
    });
    expect(message.blocks[0]).toEqual(SECTION);
  });

  it("is known by it again, whatever the delivery is called", () => {
    const blocks = fc.array(fc.constantFrom(SECTION, { type: "divider" }), { minLength: 1 });
    const delivery = fc.string({ minLength: 1, maxLength: 246 });
    fc.assert(
      fc.property(blocks, delivery, (list, id) => {
        expect(noticeIn(asGiven(withNotice({ blocks: list }, id).blocks))).toBe(id);
      }),
    );
  });

  test.for<[name: string, message: { blocks: (typeof SECTION & { block_id?: string })[] | null }]>([
    ["without blocks", { blocks: null }],
    ["with none", { blocks: [] }],
    ["whose first block has an id of its own", { blocks: [{ ...SECTION, block_id: "mine" }] }],
  ])("stays as it is %s", ([, message]) => {
    expect(withNotice(message, DELIVERY)).toBe(message);
    expect(noticeIn(asGiven(message.blocks))).toBeNull();
  });

  it("stays as it is where Slack would not take so long an id", () => {
    const message = { blocks: [SECTION] };
    expect(withNotice(message, "x".repeat(247))).toBe(message);
    expect(withNotice(message, "x".repeat(246)).blocks[0]).toMatchObject({
      block_id: expect.stringMatching(/^.{255}$/),
    });
  });
});

describe("the delivery that a message is", () => {
  test.for<[blocks: Json | undefined, delivery: string | null]>([
    [[{ type: "section", block_id: `causeway:${DELIVERY}` }], DELIVERY],
    [[{ type: "divider", block_id: "b1" }, { block_id: `causeway:${DELIVERY}` }], DELIVERY],
    [[{ block_id: "causeway:first" }, { block_id: "causeway:second" }], "first"],
    [[null, 7, "x", [], { block_id: "causeway:x" }], "x"],
    [[{ type: "section", block_id: "Causeway:x" }], null],
    [[{ type: "section", block_id: " causeway:x" }], null],
    [[{ type: "section", block_id: 7 }], null],
    [[{ type: "section", text: { block_id: "causeway:x" } }], null],
    [{ block_id: "causeway:x" }, null],
    ["causeway:x", null],
    [null, null],
    [undefined, null],
  ])("in %j is %j", ([blocks, delivery]) => {
    expect(noticeIn(blocks)).toBe(delivery);
  });

  it("is looked for in anything", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (blocks) => {
        expect(noticeIn(blocks as Json)).toBeNull();
      }),
    );
  });
});
