import type { Source } from "../mappings/mapping-keys.ts";
import { nearestWord } from "../mappings/nearest-word.ts";
import { eventFields } from "./event-fields.ts";
import type { TemplateRead } from "./read-template.ts";

const BRACED = /\{\s*([a-z_][\w.]*)\s*\}/gi;
/** In there braces are Slack's own: `<!date^1392734382^{date_num}|18 February>`. */
const SLACK_DATE = /<!date\^[^<>]*>/g;
/** What is written of something that is no text by itself. */
const PLAIN = ["name", "path", "text", "title"];

/** What looks like a field in a template and is none: `{author}`. A sentence about each, with what to write. */
export function singleBraces({ words }: Pick<TemplateRead, "words">, source: Source): string[] {
  // What stands on either side of a tag is not one word.
  const own = words.join("\n").replace(SLACK_DATE, "");
  const braced = [...own.matchAll(BRACED)].map(([all, word = ""]) => inWords(all, word, source));
  return [...new Set(braced)];
}

function inWords(braced: string, word: string, source: Source): string {
  const ways = waysToWrite(source);
  const nearest = nearestWord(word.replace(/^event\./i, ""), [...ways.keys()]);
  const meant =
    nearest === null
      ? "If it is to be a field, write two braces, such as {{ event.title }}."
      : `Write {{ ${ways.get(nearest)} }}.`;
  return `${braced} is no field: it is sent just as it stands. ${meant}`;
}

/** The fields of a source's events, and what a template says to write each. */
function waysToWrite(source: Source): Map<string, string> {
  return new Map(
    Object.entries(eventFields(source)).flatMap(([field, shape]): [string, string][] => {
      const path = `event.${field}`;
      if (typeof shape === "string") return [[field, path]];
      const { names } = shape;
      const plain = PLAIN.find((each) => names.includes(each)) ?? "name";
      const whole = names.includes("username") ? `${path} | mention` : `${path}.${plain}`;
      const below = names.map((name): [string, string] => [`${field}.${name}`, `${path}.${name}`]);
      return [[field, whole], ...below];
    }),
  );
}
