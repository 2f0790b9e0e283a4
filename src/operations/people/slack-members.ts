import { listMembers, type ListedMember } from "../../checks/list-members.ts";
import type { SlackApi } from "../../slack/call-slack.ts";
import { isStillAhead } from "../../still-ahead.ts";

/** What is known of a workspace's members. */
export type SlackMembers = {
  members: ReadonlyMap<string, ListedMember>;
  /** Whether that is all of them. */
  complete: boolean;
  /** Seconds after which Slack may be asked for more; null: there is nothing more to ask. */
  wait: number | null;
  /** Why Slack does not say; null: it does. */
  problem: string | null;
};

type Kept = {
  token: string;
  members: Map<string, ListedMember>;
  /** Where the list goes on; null: at its beginning, or it is complete. */
  cursor: string | null;
  complete: boolean;
  until: number;
};

const FRESH_MS = 10 * 60_000;
/** A Worker has 128 MB, and whoever has more members has a list of their own to import. */
const MAX_MEMBERS = 10_000;
/** Of one look: pages are a second each, and Slack allows some twenty a minute. */
const MAX_MS = 5_000;

/** In this isolate. */
let kept: Kept | null = null;

/** The members that Slack said lately, without asking; null: none. */
export function knownMembers(now: number): ReadonlyMap<string, ListedMember> | null {
  return kept !== null && isStillAhead(kept.until, now, FRESH_MS) ? kept.members : null;
}

/** The members of the workspace, of which Slack is asked for as many pages as a moment has. */
export async function readMembers(slack: SlackApi, now: () => number): Promise<SlackMembers> {
  const isFresh =
    kept !== null && kept.token === slack.token && isStillAhead(kept.until, now(), FRESH_MS);
  const list: Kept =
    isFresh && kept !== null
      ? kept
      : {
          token: slack.token,
          members: new Map(),
          cursor: null,
          complete: false,
          until: now() + FRESH_MS,
        };
  kept = list;
  const said = (wait: number | null, problem: string | null = null): SlackMembers => ({
    members: list.members,
    complete: list.complete,
    wait,
    problem,
  });
  const until = now() + MAX_MS;
  while (!list.complete) {
    if (list.members.size >= MAX_MEMBERS) return said(null);
    const page = await listMembers(slack, list.cursor);
    switch (page.is) {
      case "busy":
        return said(page.busy.retryAfterSeconds);
      case "wrong":
        return said(null, `${page.finding.message} ${page.finding.fix}`);
      case "known":
        for (const member of page.value.members) list.members.set(member.id, member);
        list.cursor = page.value.next;
        list.complete = page.value.next === null;
    }
    if (!list.complete && now() >= until) return said(1);
  }
  return said(null);
}
