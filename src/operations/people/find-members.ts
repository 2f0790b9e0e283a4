import type { ListedMember } from "../../checks/list-members.ts";
import { membersByEmail } from "../../checks/people-in-slack.ts";
import { MEMBER_ID } from "../../mappings/schema.ts";
import type { SlackApi } from "../../slack/call-slack.ts";
import { readMembers } from "./slack-members.ts";

/** Who is meant by an id, an e-mail address or a name. */
export type FoundMembers =
  /** It is a member id; Slack was not asked. */
  | { is: "id"; id: string }
  /** The members who may be meant, those first who are called so. */
  | { is: "members"; members: { id: string; name: string }[] }
  | { is: "unknown"; why: string };

const MAX_FOUND = 10;
const NO_TOKEN =
  "Slack cannot be asked, because SLACK_BOT_TOKEN is not set. Give the member id (in Slack: the person’s profile, ⋮, Copy member ID).";

/** Looks for members of Slack; `slack` null: there is no bot token. */
export async function findMembers(
  slack: SlackApi | null,
  written: string,
  now: () => number,
): Promise<FoundMembers> {
  const wanted = written.trim().replace(/^@/, "");
  if (MEMBER_ID.test(wanted)) return { is: "id", id: wanted };
  if (slack === null) return { is: "unknown", why: NO_TOKEN };
  if (/^[^\s@]+@[^\s@]+$/.test(wanted)) return await byEmail(slack, wanted, now);
  const { members, problem, wait } = await readMembers(slack, now);
  if (problem !== null) return { is: "unknown", why: problem };
  const found = ranked([...members.values()], wanted.toLowerCase());
  if (found.length > 0) return { is: "members", members: found.slice(0, MAX_FOUND) };
  const why =
    wait === null
      ? `Slack has no member who is called “${wanted}”.`
      : `Slack asks for patience, and among the members that it has said nobody is called “${wanted}”. Try again in ${wait} seconds.`;
  return { is: "unknown", why };
}

function ranked(members: ListedMember[], wanted: string): ListedMember[] {
  const people = members.filter(({ why }) => why === null);
  const rank = ({ knownAs }: ListedMember): number => (knownAs.includes(wanted) ? 0 : 1);
  return people
    .filter(({ knownAs }) => wanted !== "" && knownAs.some((name) => name.includes(wanted)))
    .toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}

async function byEmail(slack: SlackApi, email: string, now: () => number): Promise<FoundMembers> {
  const said = await membersByEmail(slack, [email], now);
  if (!said.ok) return { is: "unknown", why: `${said.finding.message} ${said.finding.fix}` };
  const [member] = said.items;
  if (member === undefined) {
    const why = `Slack asks for patience. Try again in ${said.retryAfterSeconds ?? 30} seconds.`;
    return { is: "unknown", why };
  }
  if (member.slack === null || member.state !== "active") {
    return { is: "unknown", why: `${email}: ${member.why ?? member.state}` };
  }
  return { is: "members", members: [{ id: member.slack, name: member.name ?? email }] };
}
