import { isMap, isScalar, type Document, type Node, type YAMLMap } from "yaml";
import { cleanText } from "../../slack/mrkdwn.ts";

const WIDTH = 96;

/** Writes a comment above a node, or above one key of a map; a second one goes below the first. */
export function annotate(node: Document | Node, key: string | null, said: string): void {
  const target = key === null ? node : keyOf(node, key);
  if (target === null) return annotate(node, null, said);
  const before = target.commentBefore;
  target.commentBefore = `${before == null ? "" : `${before}\n`}${commentLines(said)}`;
}

function keyOf(node: Document | Node, key: string): Node | null {
  if (!isMap(node)) return null;
  const pair = (node as YAMLMap).items.find((item) => isScalar(item.key) && item.key.value === key);
  return (pair?.key as Node | undefined) ?? null;
}

/** A text as lines that a comment can hold: broken at spaces, without what YAML has no room for. */
function commentLines(said: string): string {
  const lines: string[] = [];
  for (const line of cleanText(said).split(/[\n\u0085\u2028\u2029]/)) {
    let current = "";
    for (const word of line.split(/\s+/)) {
      if (current.length + word.length > WIDTH && current !== "") {
        lines.push(current);
        current = "";
      }
      current = `${current} ${word}`;
    }
    lines.push(current);
  }
  return lines.join("\n");
}
