import type { Event } from "../../event.ts";
import { own } from "../../json.ts";
import type { IssueDetails } from "../../gitlab/kinds/issue.ts";
import { notice, type Notice } from "../notice.ts";
import { say } from "../phrase.ts";
import { assigneesFact, dueFact, facts, labelsFact, milestoneFact } from "./facts.ts";
import { subject } from "./subject.ts";
import { updateNotice } from "./update-notice.ts";
import { where } from "./where.ts";
import { who } from "./who.ts";
import { spoken } from "./spoken.ts";

const DONE: Record<string, string> = { open: "opened", close: "closed", reopen: "reopened" };

/** Issues and work items: a card when one is opened, else a line. */
export function issueNotice(event: Event, details: IssueDetails): Notice {
  const about = subject(event, wordFor(event, details));
  if (event.action === "update") return updateNotice(event, about, details.changes);
  if (event.types.includes(`${event.kind}.moved`)) {
    return notice(say`${who(event)} moved ${about}${where(event)} to another project`);
  }
  const done = own(DONE, event.action);
  const headline =
    done === undefined
      ? say`${who(event)}: ${spoken(event.action)} ${about}${where(event)}`
      : say`${who(event)} ${done} ${about}${where(event)}`;
  if (event.action !== "open" && event.action !== "reopen") return notice(headline);
  return notice(headline, {
    quote: event.action === "open" ? event.text : null,
    facts: facts(
      event.severity === null ? null : say`severity ${event.severity.toLowerCase()}`,
      labelsFact(event),
      assigneesFact(event),
      dueFact(details.dueDate),
      milestoneFact(event),
      details.weight === null ? null : say`weight ${details.weight}`,
    ),
  });
}

/** "incident", "key result" */
function wordFor(event: Event, { type }: IssueDetails): string {
  return event.kind === "work_item" ? (type?.toLowerCase() ?? "work item") : spoken(event.kind);
}
