import { text } from "../../../json.ts";
import { cleanPath } from "../../gitlab/clean-path.ts";
import type { Step } from "./read-zaps.ts";

/** What starts a Zap, as far as it says: types of events, and the project. */
export type Trigger = {
  kinds: string[] | null;
  actions: string[] | null;
  path: string | null;
  /** Zapier's name of the trigger, where the types are only read from it. */
  readFrom: string | null;
};

/** What the triggers of Zapier's GitLab app are called was not to be found; they are read by their words. */
const EVENTS: [RegExp, string, string | null][] = [
  [/merge|mr/, "merge_request", "open"],
  [/comment|note/, "note", "create"],
  [/issue/, "issue", "open"],
  [/pipeline/, "pipeline", null],
  [/job|build/, "job", null],
  [/tag/, "tag_push", null],
  [/commit|push/, "push", null],
  [/release/, "release", "create"],
];

/** Reads the first step of a Zap; null when it has nothing to do with GitLab's webhooks. */
export function triggerOf({ app, action, params, labels }: Step): Trigger | null {
  if (app === "webhooks") return { kinds: null, actions: null, path: null, readFrom: null };
  if (app !== "gitlab") return null;
  const [, kind, opening] = EVENTS.find(([words]) => words.test(action)) ?? [];
  const isAny = /any|update|event/.test(action) || opening === undefined || opening === null;
  const project = [labels["project"], params["project"], labels["project_id"], params["project_id"]]
    .map((value) => cleanPath(text(value) ?? ""))
    .find((path) => path !== null);
  return {
    kinds: kind === undefined ? null : [kind],
    actions: isAny ? null : [opening],
    path: project ?? null,
    readFrom: kind === undefined ? null : action,
  };
}
