import type { Event } from "../../event.ts";
import type { MergeRequestDetails } from "../../gitlab/kinds/merge-request.ts";
import { notice, type Notice } from "../notice.ts";
import { code, say, type Phrase } from "../phrase.ts";
import { changesSaid } from "./changes.ts";
import {
  assigneesFact,
  commitFact,
  commitSaid,
  facts,
  labelsFact,
  milestoneFact,
} from "./facts.ts";
import { subject } from "./subject.ts";
import { updateNotice } from "./update-notice.ts";
import { where } from "./where.ts";
import { people, who } from "./who.ts";
import { spoken } from "./spoken.ts";

/** Merge requests: a card when one is opened, reopened, merged or pushed to, else a line. */
export function mergeRequestNotice(event: Event, details: MergeRequestDetails): Notice {
  const about = subject(event, "merge request");
  const [by, place] = [who(event), where(event)];
  if (event.types.includes("merge_request.approvals_reset")) {
    return notice(say`A push by ${by} took back the approvals of ${about}${place}`, {
      facts: facts(commitFact(details.lastCommit)),
    });
  }
  switch (event.action) {
    case "open":
    case "reopen":
      return notice(
        say`${by} ${event.action === "open" ? "opened" : "reopened"} ${details.draft ? "draft " : ""}${about}${place}`,
        {
          quote: event.action === "open" ? event.text : null,
          facts: facts(
            branches(event, details),
            labelsFact(event),
            assigneesFact(event),
            event.reviewers.length === 0 ? null : say`review by ${people(event.reviewers)}`,
            milestoneFact(event),
          ),
        },
      );
    case "close":
      return notice(say`${by} closed ${about}${place}`);
    case "merge":
      return notice(say`${by} merged ${about}${place}`, {
        sign: "white_check_mark",
        facts: facts(branches(event, details)),
      });
    case "approved":
      return notice(say`${by} approved ${about}${place}`, { sign: "white_check_mark" });
    case "approval":
      return notice(say`${by} added an approval to ${about}${place}`, {
        facts: [say`more approvals are needed`],
      });
    case "unapproved":
      return notice(say`${by} took back the approval of ${about}${place}`);
    case "unapproval":
      return notice(say`${by} took back an approval of ${about}${place}`);
    case "update":
      return updated(event, details, about);
    default:
      return notice(say`${by}: ${spoken(event.action)} ${about}${place}`);
  }
}

function updated(event: Event, details: MergeRequestDetails, about: Phrase): Notice {
  if (!event.types.includes("merge_request.pushed")) {
    return updateNotice(event, about, details.changes);
  }
  return notice(say`${who(event)} pushed to ${about}${where(event)}`, {
    lines: details.lastCommit === null ? [] : [commitSaid(details.lastCommit)],
    facts: [
      ...changesSaid(event, details.changes).map(({ fact }) => fact),
      ...facts(branches(event, details)),
    ],
  });
}

/** "`fork:feature` → `main`" */
function branches({ ref }: Event, { fork, targetBranch }: MergeRequestDetails): Phrase | null {
  if (ref === null) return null;
  const source = code(fork === null ? ref : `${fork}:${ref}`);
  return targetBranch === null ? source : say`${source} → ${code(targetBranch)}`;
}
