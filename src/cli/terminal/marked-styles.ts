import { randomInt } from "node:crypto";
import { styleText } from "node:util";
import { UNSHOWABLE } from "./unshowable.ts";

export type Style = Parameters<typeof styleText>[0];

const ESCAPE = "\u001b[";
/** Nobody else knows it: so what they wrote cannot look like a style of ours. */
const MARK = `${ESCAPE}${randomInt(1000, 10_000)};${randomInt(1000, 10_000)};`;

/**
 * Styles a text for {@link resolved}, which knows where it is written and whether colours are wanted
 * there. Whatever steers terminals in the text is gone. Styles may stand within each other.
 */
export function marked(style: Style, text: string): string {
  const styled = styleText(style, resolved(text, true), { validateStream: false });
  return styled.replaceAll(ESCAPE, MARK);
}

/** A text as it may be written: with our styles, or without, and nothing else that steers a terminal. */
export function resolved(text: string, isColoured: boolean): string {
  return text
    .split(MARK)
    .map((part, index) => {
      if (index === 0) return part.replace(UNSHOWABLE, "");
      const end = part.indexOf("m") + 1;
      const code = isColoured ? `${ESCAPE}${part.slice(0, end)}` : "";
      return code + part.slice(end).replace(UNSHOWABLE, "");
    })
    .join("");
}
