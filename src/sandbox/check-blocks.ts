import * as z from "zod";

/**
 * What @slack/types 3.2.0 (dist/block-kit) documents of a message's blocks, kept to the rules a sender can break:
 * known types, needed fields and sizes. Sizes count characters, not UTF-16 units.
 */
const plainText = (max: number) =>
  z.looseObject({ type: z.literal("plain_text"), text: sized(max) });
const anyText = (max: number) =>
  z.looseObject({ type: z.enum(["plain_text", "mrkdwn"]), text: sized(max) });
const id = sized(255).optional();

const Button = z.looseObject({
  type: z.literal("button"),
  text: plainText(75),
  action_id: id,
  url: sized(3000).optional(),
  value: sized(2000).optional(),
});
const Image = z.looseObject({ type: z.literal("image"), alt_text: sized(2000) });
const UNCHECKED =
  "alert card carousel container context_actions data_table divider file input plan rich_text table task_card video".split(
    " ",
  );

/** Elements of other kinds (menus, pickers) are taken as they come. */
const Element = z.union([Button, z.looseObject({ type: z.string().regex(/^(?!button$)./) })]);

const Block = z.discriminatedUnion(
  "type",
  [
    z
      .looseObject({
        type: z.literal("section"),
        block_id: id,
        text: anyText(3000).optional(),
        fields: z.array(anyText(2000)).min(1).max(10).optional(),
        accessory: Element.optional(),
      })
      .refine(({ text, fields }) => text !== undefined || fields !== undefined, {
        message: "must provide text or fields",
      }),
    z.looseObject({ type: z.literal("header"), block_id: id, text: plainText(150) }),
    z.looseObject({
      type: z.literal("context"),
      block_id: id,
      elements: z
        .array(z.union([anyText(3000), Image]))
        .min(1)
        .max(10),
    }),
    z.looseObject({
      type: z.literal("actions"),
      block_id: id,
      elements: z.array(Element).min(1).max(25),
    }),
    z.looseObject({ type: z.literal("image"), block_id: id, alt_text: sized(2000) }),
    z.looseObject({ type: z.literal("markdown"), text: sized(12_000) }),
    z.looseObject({ type: z.enum(UNCHECKED), block_id: id }),
  ],
  { error: ({ code }) => (code === "invalid_union" ? "unsupported type" : undefined) },
);

const Blocks = z
  .array(Block)
  .max(50, "no more than 50 items allowed")
  .superRefine((blocks, refinement) => {
    const seen = new Set<unknown>();
    blocks.forEach((block, index) => {
      const blockId = block["block_id"];
      if (blockId === undefined) return;
      if (seen.has(blockId)) {
        const message = `block_id ${JSON.stringify(blockId)} already exists`;
        refinement.addIssue({ code: "custom", path: [index, "block_id"], message });
      }
      seen.add(blockId);
    });
  });

/** What is wrong with a message's blocks, in the form of Slack's `errors`; nothing wrong is an empty list. */
export function checkBlocks(blocks: unknown): string[] {
  const checked = Blocks.safeParse(blocks);
  if (checked.success) return [];
  return checked.error.issues.map(
    ({ message, path }) => `${message} [json-pointer:/${["blocks", ...path].join("/")}]`,
  );
}

function sized(max: number) {
  return z
    .string()
    .refine((text) => text.length > 0, "must be more than 0 characters")
    .refine((text) => Array.from(text).length <= max, `must be less than ${max + 1} characters`);
}
