import { named } from "../words/named.ts";

/** Somebody of GitLab's, and who it is in Slack as a document says; null: it cannot be read. */
type KnownPerson = { username: string; slack: string | null };

/** The other usernames of the same member of Slack. */
export function othersOf({ username, slack }: KnownPerson, people: KnownPerson[]): string[] {
  if (slack === null) return [];
  return people.flatMap((each) =>
    each.slack === slack && each.username !== username ? each.username : [],
  );
}

/** "U0123456789 is amina, too." */
export function sharedInWords(slack: string, others: string[]): string {
  return `${slack} is ${named(others)}, too.`;
}
