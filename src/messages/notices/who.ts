import type { Event, Person } from "../../event.ts";
import { bold, list, say, type Phrase } from "../phrase.ts";

const MAX_NAMED = 5;

/** Who did it. */
export function who({ actor }: Pick<Event, "actor">): Phrase {
  return actor === null ? bold("Someone") : person(actor);
}

/** A person by name; a bot is named as one, unless its name says so. */
export function person({ name, username, bot }: Person): Phrase {
  const said = name ?? username ?? "Someone";
  return bot && !/\bbot\b/i.test(said) ? say`${bold(said)} (bot)` : bold(said);
}

/** People by name, the first few of them; who did it to themselves is not named again. */
export function people(all: Person[], by: Person | null = null): Phrase {
  const named = all
    .slice(0, MAX_NAMED)
    .map((each) => (isSame(each, by) ? say`themselves` : person(each)));
  const more = all.length - named.length;
  return list(more > 0 ? [...named, say`${more} more`] : named);
}

function isSame(one: Person, other: Person | null): boolean {
  return one.username !== null && one.username === other?.username;
}
