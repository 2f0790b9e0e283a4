import { membersById, type MemberAnswer } from "../../checks/people-in-slack.ts";
import { keptForAWhile } from "../../kept-for-a-while.ts";
import type { SlackApi } from "../../slack/call-slack.ts";
import type { KnownPerson } from "./people-known.ts";
import { readMembers } from "./slack-members.ts";

/** How the people of the documents stand in Slack, as far as Slack was asked. */
export type PeopleInSlack = {
  /** What the members are called, by their ids. */
  names: Map<string, string>;
  /** Who is no active person there, and why. */
  gone: { username: string; slack: string; why: string }[];
  /** Of how many people it is known, and how many there are. */
  asked: number;
  total: number;
  /** Seconds after which the rest may be asked for; null: there is nothing more to ask. */
  wait: number | null;
  /** Why Slack does not say; null: it does. */
  problem: string | null;
};

/** Of one look, besides the list of members; the next one comes so much later. */
const MAX_ASKED = 20;
const APART_SECONDS = 15;
const FRESH_MS = 10 * 60_000;
const MAX_KEPT = 20_000;

/** What Slack said of those whom its list does not have, in this isolate. */
const kept = keptForAWhile<MemberAnswer>(FRESH_MS, MAX_KEPT);

/**
 * Asks Slack whether the people are still there: all by the list of its members, the few whom that
 * does not have (of another workspace, or invented) one by one.
 */
export async function peopleInSlack(
  slack: SlackApi,
  people: KnownPerson[],
  now: () => number,
): Promise<PeopleInSlack> {
  const { members, complete, wait, problem } = await readMembers(slack, now);
  const known = people.flatMap((person) =>
    person.slack === null ? [] : { ...person, slack: person.slack },
  );
  const inWords = {
    deactivated: "the account has been deactivated.",
    bot: "it is a bot, and no person.",
  };
  const names = new Map<string, string>();
  const gone: PeopleInSlack["gone"] = [];
  const unlisted: typeof known = [];
  for (const person of known) {
    const member = members.get(person.slack);
    if (member === undefined) {
      unlisted.push(person);
      continue;
    }
    names.set(person.slack, member.name);
    if (member.why !== null) gone.push({ ...person, why: inWords[member.why] });
  }
  const mayAsk = problem === null && (complete || wait === null);
  const unknown = [...new Set(unlisted.map((person) => person.slack))].filter(
    (id) => kept.get(id, now()) === null,
  );
  const ids = mayAsk ? unknown.slice(0, MAX_ASKED) : [];
  const found = await membersById(slack, ids, now);
  if (found.ok) for (const answer of found.items) kept.keep(answer.asked, answer, now());
  let unanswered = 0;
  for (const person of unlisted) {
    const answer = kept.get(person.slack, now())?.value;
    if (answer === undefined) {
      unanswered += 1;
      continue;
    }
    if (answer.name !== null) names.set(person.slack, answer.name);
    if (answer.state !== "active") gone.push({ ...person, why: answer.why ?? answer.state });
  }
  const goesOn = mayAsk && found.ok && unanswered > 0 ? APART_SECONDS : null;
  return {
    names,
    gone: gone.map(({ username, slack: id, why }) => ({ username, slack: id, why })),
    asked: known.length - unanswered,
    total: known.length,
    wait: wait ?? (found.ok ? (found.retryAfterSeconds ?? goesOn) : null),
    problem: problem ?? (found.ok ? null : `${found.finding.message} ${found.finding.fix}`),
  };
}
