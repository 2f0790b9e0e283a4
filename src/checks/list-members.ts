import { object, objects, text, type JsonObject } from "../json.ts";
import type { SlackApi } from "../slack/call-slack.ts";
import { askSlack, type Said } from "./ask-slack.ts";

/** A member of the workspace, as its list says. */
export type ListedMember = {
  id: string;
  /** What people see: the display name, else the full name. */
  name: string;
  /** All that somebody may be known by, in lower case: names, and what stands before the @ of the e-mail address. */
  knownAs: string[];
  /** Null: an active person. */
  why: "deactivated" | "bot" | null;
};

/** A page of members; `next`: the cursor of the next one, null at the end. */
export type MemberPage = { members: ListedMember[]; next: string | null };

const PAGE = 500;

/**
 * Asks Slack for one page of the workspace's members.
 *
 * @see https://docs.slack.dev/reference/methods/users.list
 */
export async function listMembers(
  slack: SlackApi,
  cursor: string | null,
): Promise<Said<MemberPage>> {
  const given = { limit: PAGE, cursor: cursor ?? undefined };
  return await askSlack(slack, "users.list", given, (answer) => ({
    members: objects(answer["members"]).flatMap((member) => memberFrom(member) ?? []),
    next: text(object(answer["response_metadata"])["next_cursor"]),
  }));
}

function memberFrom(user: JsonObject): ListedMember | null {
  const id = text(user["id"]);
  if (id === null) return null;
  const profile = object(user["profile"]);
  const names = [profile["display_name"], user["real_name"], profile["real_name"], user["name"]];
  const local = text(profile["email"])?.split("@", 1)[0] ?? null;
  const all = [...names.flatMap((name) => text(name) ?? []), ...(local === null ? [] : [local])];
  return {
    id,
    name: all[0] ?? id,
    knownAs: [...new Set(all.map((name) => name.toLowerCase()))],
    why: user["deleted"] === true ? "deactivated" : user["is_bot"] === true ? "bot" : null,
  };
}
