import { section } from "../messages/fit-message.ts";
import type { Content } from "./outcomes.ts";

/** A message whose one block says what its text says: most of them. */
type OneSection = Omit<Extract<Content, { kind: "message" }>, "kind" | "blocks"> & {
  kind: "section";
};

/**
 * Content as a row holds it. The block of a message that is one section of its text is left out: a
 * row that fits a quarter of SQLite's page is written in one page, twice in its life.
 */
export function packContent(content: Content | null): string | null {
  if (content === null) return null;
  if (content.kind !== "message" || content.blocks?.length !== 1) return JSON.stringify(content);
  const { blocks, ...message } = content;
  const same = JSON.stringify(blocks[0]) === JSON.stringify(section(content.text));
  return JSON.stringify(same ? ({ ...message, kind: "section" } satisfies OneSection) : content);
}

/** Reads {@link packContent}'s result back. */
export function unpackContent(packed: string | null): Content | null {
  if (packed === null) return null;
  const content = JSON.parse(packed) as Content | OneSection;
  if (content.kind !== "section") return content;
  return { ...content, kind: "message", blocks: [section(content.text)] };
}
