import { isUsername, usernameIn } from "../../gitlab/username.ts";
import { MEMBER_ID } from "../../mappings/schema.ts";
import type { MemberAnswer } from "../../checks/people-in-slack.ts";
import { named } from "../../words/named.ts";
import type { PersonEntry } from "./read-people.ts";

/** A person that the folder has: `username` as its file is called. */
export type PersonInFolder = { username: string; file: string; slack: string | null };

/** Why an entry is not simply taken over. Those that `canForce` are written with `--force`. */
type Conflict = { code: string; message: string; canForce: boolean };

/** What becomes of one entry of the list. */
export type Planned = {
  place: string;
  /** The GitLab username, in lower case where it can be one; as it was written where not. */
  username: string;
  slack: string | null;
  name: string | null;
  /** `unusable`: the entry itself does not say who is meant. `conflict`: something else speaks against it. */
  outcome: "added" | "changed" | "unchanged" | "conflict" | "unusable";
  /** What was found to be in the way, also when it was overridden. */
  conflicts: Conflict[];
};

/** What an entry lacks, whatever else there is. */
const UNUSABLE = new Set(["no_username", "bad_username", "no_member", "bad_member", "not_asked"]);

/**
 * What an import would do. `members` is what Slack said of e-mail addresses and member ids (by what was
 * asked, e-mail addresses in lower case); what it was not asked is taken as it is written.
 */
export function planImport(
  entries: PersonEntry[],
  known: PersonInFolder[],
  members: ReadonlyMap<string, MemberAnswer>,
  force: boolean,
): Planned[] {
  const wanted = entries.map((entry) => resolve(entry, members));
  const planned: Planned[] = [];
  for (const each of wanted) {
    const { username, slack } = each;
    if (planned.some((other) => other.username === username && other.slack === slack)) continue;
    const before = known.find((person) => person.username.toLowerCase() === username);
    const conflicts = [...each.conflicts];
    if (slack !== null) {
      conflicts.push(...clashes({ username, slack }, wanted, known, before));
    }
    const isTaken = slack !== null && conflicts.every(({ canForce }) => canForce && force);
    const outcome = !isTaken
      ? each.conflicts.some(({ code }) => UNUSABLE.has(code))
        ? "unusable"
        : "conflict"
      : before === undefined
        ? "added"
        : before.slack === slack
          ? "unchanged"
          : "changed";
    planned.push({ ...each, outcome, conflicts });
  }
  return planned;
}

type Resolved = Omit<Planned, "outcome">;

/** Who an entry means, as far as it says. */
function resolve(entry: PersonEntry, members: ReadonlyMap<string, MemberAnswer>): Resolved {
  const { place, gitlab, email } = entry;
  const username = usernameIn(gitlab ?? "");
  const asked = entry.slack ?? email?.toLowerCase() ?? null;
  const member = asked === null ? undefined : members.get(asked);
  const slack = entry.slack ?? member?.slack ?? null;
  const conflicts: Conflict[] = [];
  if (gitlab === null) {
    conflicts.push(
      final("no_username", `no GitLab username stands there (${asked ?? "nothing"}).`),
    );
  } else if (!isUsername(username)) {
    conflicts.push(final("bad_username", `"${gitlab}" cannot be a GitLab username.`));
  }
  if (asked === null) {
    conflicts.push(final("no_member", "neither a Slack member id nor an e-mail address."));
  } else if (entry.slack !== null && !MEMBER_ID.test(entry.slack)) {
    const hint = "In Slack: the person's profile, ⋮, Copy member ID.";
    const message = `"${entry.slack}" is not a Slack member id such as U0123456789. ${hint}`;
    conflicts.push(final("bad_member", message));
  } else if (member === undefined && entry.slack === null) {
    const message = `only the e-mail address ${email} is there: --by-email asks Slack whose it is.`;
    conflicts.push(final("not_asked", message));
  } else if (member !== undefined && member.state !== "active") {
    const canForce = member.state === "deactivated" || member.state === "bot";
    const message = `${asked}: ${member.why ?? member.state}`;
    conflicts.push({ code: member.state, message, canForce });
  }
  return { place, username, slack, name: member?.name ?? null, conflicts };
}

/** What others, in the list or in the folder, have to do with the same person or the same member. */
function clashes(
  { username, slack }: { username: string; slack: string },
  wanted: Resolved[],
  known: PersonInFolder[],
  before: PersonInFolder | undefined,
): Conflict[] {
  const conflicts: Conflict[] = [];
  const otherwise = wanted.find(
    (each) => each.username === username && each.slack !== null && each.slack !== slack,
  );
  if (otherwise !== undefined) {
    const message = `the list has ${username} twice: ${slack} here, ${otherwise.slack} at ${otherwise.place}.`;
    conflicts.push(final("twice", message));
  }
  if (before !== undefined && before.slack !== slack) {
    const said = before.slack === null ? "something that cannot be read" : before.slack;
    const message = `${before.file} says ${said}, the list ${slack}.`;
    conflicts.push({ code: "mapped_otherwise", message, canForce: before.slack !== null });
  }
  const others = [
    ...known.map((person) => ({ ...person, username: person.username.toLowerCase() })),
    ...wanted,
  ].filter((each) => each.slack === slack && each.username !== username);
  const names = [...new Set(others.map((each) => each.username))];
  if (names.length > 0) {
    const message = `${slack} is ${named(names)}, too: one member, several usernames.`;
    conflicts.push({ code: "shared_member", message, canForce: true });
  }
  return conflicts;
}

function final(code: string, message: string): Conflict {
  return { code, message, canForce: false };
}
