import type { Event } from "../../event.ts";
import { own } from "../../json.ts";
import type { MilestoneDetails } from "../../gitlab/kinds/milestone.ts";
import { notice, type Notice } from "../notice.ts";
import { link, say } from "../phrase.ts";
import { dueFact, facts } from "./facts.ts";
import { where } from "./where.ts";
import { spoken } from "./spoken.ts";

const DONE: Record<string, string> = {
  create: "was created",
  close: "was closed",
  reopen: "was reopened",
  delete: "was deleted",
};

/** Milestones; GitLab does not say who. */
export function milestoneNotice(event: Event, { dueDate }: MilestoneDetails): Notice {
  const done = own(DONE, event.action) ?? spoken(event.action);
  const title = link(event.url, event.title ?? "without a title");
  return notice(say`Milestone ${title} ${done}${where(event)}`, {
    quote: event.action === "create" ? event.text : null,
    facts: facts(dueFact(dueDate)),
  });
}
