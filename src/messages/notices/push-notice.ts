import { counted } from "../../words/counted.ts";
import type { Event } from "../../event.ts";
import type { PushDetails } from "../../gitlab/kinds/push.ts";
import { notice, type Notice } from "../notice.ts";
import { link, say } from "../phrase.ts";
import { commitSaid } from "./facts.ts";
import { where } from "./where.ts";
import { who } from "./who.ts";

const MAX_COMMITS = 5;

/** Pushes: the newest commits of a branch; that a branch or tag came or went in a line. */
export function pushNotice(event: Event, details: PushDetails): Notice {
  const word = details.tag ? "tag" : "branch";
  const ref = link(details.refUrl, event.ref ?? `a ${word}`);
  const [by, place] = [who(event), where(event)];
  if (event.action === "delete") return notice(say`${by} deleted ${word} ${ref}${place}`);
  if (details.tag) {
    const did = event.action === "create" ? "created" : "moved";
    return notice(say`${by} ${did} tag ${ref}${place}`, { quote: details.message });
  }
  if (event.action === "create") {
    const commits = details.total === 0 ? null : say` with ${amount(details)}`;
    return notice(say`${by} created branch ${ref}${commits}${place}`, newest(details));
  }
  const commits = details.total === 0 ? null : say` ${link(details.compareUrl, amount(details))}`;
  return notice(say`${by} pushed${commits} to ${ref}${place}`, newest(details));
}

function amount({ total }: PushDetails): string {
  return counted(total, "commit");
}

/** The newest commits first, and how many there are besides. */
function newest({ commits, total }: PushDetails): Pick<Notice, "lines" | "unlisted"> {
  const lines = commits
    .slice(-MAX_COMMITS)
    .toReversed()
    .map((commit) => {
      const author = commit.author === null ? null : say` – ${commit.author}`;
      return say`${commitSaid(commit)}${author}`;
    });
  return { lines, unlisted: total - lines.length };
}
