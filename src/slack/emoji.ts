import { EMOJI_ALIASES } from "./emoji-aliases.ts";

/** A Map, for a name is what others type: `constructor` is no alias. */
const CANONICAL: ReadonlyMap<string, string> = new Map(
  EMOJI_ALIASES.flatMap((names) => {
    const [canonical = "", ...aliases] = names.split(" ");
    return aliases.map((alias): [string, string] => [alias, canonical]);
  }),
);

const AROUND_NAME = /^:+|(?<!:):+$/g;
const SKIN_TONE = /^skin-tone-[2-6]$/;

/**
 * The one name of an emoji, whichever of Slack's names was used for it: `:ThumbsUp:` and
 * `thumbsup::skin-tone-6` are `+1`. Names that Slack's standard set does not have (custom emoji) stay
 * as they are, in lower case; an alias of a custom emoji is known to its workspace alone.
 *
 * @see https://docs.slack.dev/reference/events/reaction_added
 */
export function foldEmoji(name: string): string {
  const parts = name.toLowerCase().replace(AROUND_NAME, "").split(/::+/);
  while (parts.length > 1 && SKIN_TONE.test(parts.at(-1) ?? "")) parts.pop();
  const plain = parts.join("::");
  return CANONICAL.get(plain) ?? plain;
}
