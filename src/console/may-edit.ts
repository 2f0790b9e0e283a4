import { matchesParts } from "../mappings/glob.ts";

/** Whether a name is among the editors: addresses and common names as they are, or with `*` for any text. */
export function mayEdit(name: string, editors: string[]): boolean {
  // Of several lines one could look like somebody else.
  if (/\p{Cc}/u.test(name)) return false;
  return editors.some((editor) => isLike(lower(name), lower(editor)));
}

function isLike(name: string, editor: string): boolean {
  const [first = "", ...middle] = editor.split("*");
  const last = middle.pop();
  if (last === undefined) return name === first;
  return matchesParts(name, first, middle, last);
}

/** Only of ASCII: other letters, the kelvin sign for one, would become those of somebody else's address. */
function lower(text: string): string {
  return text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
}
