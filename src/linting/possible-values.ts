import { isGlob } from "../mappings/glob.ts";
import { kindsOf } from "./event-kinds.ts";
import type { WhenField } from "../mappings/schema.ts";

/** What becomes of something by an action, and what it can be after any other one. */
type States = { after: Record<string, string>; any: string[] };

const ISSUE: States = {
  after: { open: "opened", reopen: "opened", close: "closed" },
  any: ["opened", "closed"],
};

/** @see https://docs.gitlab.com/api/issues/ @see https://docs.gitlab.com/api/merge_requests/ */
const STATES: Record<string, States> = {
  issue: ISSUE,
  work_item: ISSUE,
  incident: ISSUE,
  epic: ISSUE,
  merge_request: {
    after: { open: "opened", reopen: "opened", close: "closed", merge: "merged" },
    any: ["opened", "closed", "merged", "locked"],
  },
};

/** Of pipelines and jobs, whose types are called as their statuses, but for these. */
const COMPARED: Record<string, string> = { broken: "failed", fixed: "success" };

/** @see https://docs.gitlab.com/api/graphql/reference/#issuableseverity (`unknown` is none to us) */
const OF_ISSUES = ["critical", "high", "medium", "low"];
/** @see https://docs.gitlab.com/user/application_security/vulnerabilities/severities/ */
const SEVERITIES: Record<string, string[]> = {
  issue: OF_ISSUES,
  work_item: OF_ISSUES,
  incident: OF_ISSUES,
  epic: OF_ISSUES,
  vulnerability: [...OF_ISSUES, "info", "unknown"],
};

/** All that a field can be for events of these types; null: that is not known. */
export function possibleValues(field: WhenField, on: string[]): string[] | null {
  if (field === "status") return union(on.map(statesOf));
  if (field !== "severity") return null;
  return union((kindsOf(on) ?? ["*"]).map((kind) => own(SEVERITIES, kind) ?? null));
}

function statesOf(type: string): string[] | null {
  const [kind = "", action = ""] = type.split(".");
  const states = own(STATES, kind);
  if (states !== undefined) {
    const after = own(states.after, action);
    return after === undefined ? states.any : [after];
  }
  if ((kind !== "pipeline" && kind !== "job") || isGlob(action) || action === "") return null;
  return [own(COMPARED, action) ?? action];
}

function union(lists: (string[] | null)[]): string[] | null {
  return lists.some((list) => list === null)
    ? null
    : [...new Set(lists.flatMap((list) => list ?? []))];
}

function own<T>(record: Record<string, T>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
