import { othersOf, sharedInWords } from "../../checks/shared-member.ts";
import type { Env } from "../../env.ts";
import { parsePerson } from "../../mappings/parse-document.ts";
import { sayProblems } from "../../mappings/problems.ts";
import { readPublished, type Readings } from "../publishing/read-published.ts";

/** A published document `person/<gitlab username>`. */
export type KnownPerson = {
  /** As the key has it. */
  username: string;
  etag: string;
  /** The member id; null: the document cannot be used. */
  slack: string | null;
  /** Who published it last, null: nobody knows; and when, ISO 8601. */
  by: string | null;
  at: string;
  /** What is wrong with it or contradicts another one, one sentence each. */
  problems: string[];
};

/** All of them; `problem`: why an edit in KV may be missing. */
export type PeopleKnown = { people: KnownPerson[]; problem: string | null };

type Reading = { slack: string } | { problem: string };

const PREFIX = "person/";
const readings: Readings<Reading> = new Map();

/** Who in GitLab is who in Slack, by username. */
export async function peopleKnown(env: Env): Promise<PeopleKnown> {
  const { items, problem } = await readPublished(env, [PREFIX], readings, readPerson);
  const people = items.map(({ key, etag, by, at, reading }) => ({
    username: key.slice(PREFIX.length),
    etag,
    slack: "slack" in reading ? reading.slack : null,
    by,
    at,
    problems: "slack" in reading ? [] : [`The document cannot be used: ${reading.problem}`],
  }));
  return { people: withContradictions(people), problem };
}

/** The person of a username, however it is written. */
export function personNamed(people: KnownPerson[], username: string): KnownPerson | null {
  const found =
    people.find((person) => person.username === username) ??
    people.find((person) => person.username.toLowerCase() === username.toLowerCase());
  return found ?? null;
}

/** Only whoever shares something is compared with others: there may be thousands. */
function withContradictions(people: KnownPerson[]): KnownPerson[] {
  const byMember = Map.groupBy(people, ({ slack }) => slack);
  const byName = Map.groupBy(people, ({ username }) => username.toLowerCase());
  return people.map((person) => {
    const { username, slack } = person;
    const others = othersOf(person, byMember.get(slack) ?? []);
    const again = (byName.get(username.toLowerCase()) ?? []).filter(
      (each) => each.username !== username,
    );
    const problems = [
      ...person.problems,
      ...again.map((each) => `${each.username} is the same person in GitLab: keep one of the two.`),
      ...(slack === null || others.length === 0 ? [] : [sharedInWords(slack, others)]),
    ];
    return { ...person, problems };
  });
}

function readPerson(key: string, text: string): Reading {
  const parsed = parsePerson(key, text);
  return parsed.ok ? { slack: parsed.value.slack } : { problem: sayProblems(parsed.problems) };
}
