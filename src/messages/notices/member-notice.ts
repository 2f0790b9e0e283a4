import type { Event } from "../../event.ts";
import type { MemberDetails } from "../../gitlab/kinds/member.ts";
import { notice, type Notice } from "../notice.ts";
import { bold, say, type Phrase } from "../phrase.ts";
import { day, facts } from "./facts.ts";
import { person } from "./who.ts";

/** After these somebody is a member. */
const STAYS = ["add", "update"];

/** Members who come, go, or ask to; GitLab does not say who let them. */
export function memberNotice(event: Event, details: MemberDetails): Notice {
  const member = details.member === null ? bold("Someone") : person(details.member);
  const group = bold(event.project?.path ?? details.group ?? event.group?.path ?? "a group");
  const as = details.access === null ? null : say` as ${details.access}`;
  return notice(said(event.action, member, group, as), {
    facts: facts(
      details.expiresOn === null || !STAYS.includes(event.action)
        ? null
        : say`until ${day(details.expiresOn)}`,
    ),
  });
}

function said(action: string, member: Phrase, group: Phrase, as: Phrase | null): Phrase {
  switch (action) {
    case "add":
      return say`${member} joined ${group}${as}`;
    case "update":
      return say`${member} is now in ${group}${as}`;
    case "remove":
      return say`${member} left ${group}`;
    case "access_request":
      return say`${member} asks to join ${group}`;
    case "access_request_revoked":
      return say`${member} no longer asks to join ${group}`;
    case "access_request_denied":
      return say`${member} was not let into ${group}`;
    default:
      return say`${member} in ${group}: ${action.replaceAll("_", " ")}`;
  }
}
