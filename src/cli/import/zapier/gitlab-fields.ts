import { own } from "../../../json.ts";
import type { When } from "../../../mappings/schema.ts";

/** What a field of GitLab's webhook is in Causeway. */
export type GitlabField = {
  /** In a template. */
  template: string;
  /** In CEL. */
  cel: string;
  isList: boolean;
  /** The condition that looks at it. */
  when: Exclude<keyof When, "confidential" | "if"> | null;
  /** What it decides apart from conditions. */
  decides: "kind" | "action" | "path" | "confidential" | null;
  /** Where it stands in GitLab's body. */
  path: string[];
};

type Known = Partial<Omit<GitlabField, "path">> & { template: string };

const ACTOR: Known = { template: "event.actor.name", when: "actor" };
const USERNAME: Known = { template: "event.actor.username", when: "actor" };
const TEXT: Known = { template: "event.text" };
const LABELS: Known = { template: "event.labels", isList: true, when: "labels" };

/** Paths in GitLab's webhooks, without the numbers of lists. */
const KNOWN: Record<string, Known> = {
  object_kind: { template: "event.kind", decides: "kind" },
  event_type: { template: "event.kind", decides: "kind" },
  "object_attributes.action": { template: "event.action", decides: "action" },
  "object_attributes.title": { template: "event.title" },
  "object_attributes.url": { template: "event.url" },
  "object_attributes.iid": { template: "event.iid" },
  "object_attributes.description": TEXT,
  "object_attributes.note": TEXT,
  "object_attributes.severity": { template: "event.severity", when: "severity" },
  "object_attributes.confidential": { template: "event.confidential", decides: "confidential" },
  "object_attributes.ref": { template: "event.ref", when: "branch" },
  "object_attributes.labels.title": LABELS,
  "labels.title": LABELS,
  "user.name": ACTOR,
  user_name: ACTOR,
  "user.username": USERNAME,
  user_username: USERNAME,
  "project.path_with_namespace": {
    template: "event.project.path",
    when: "project",
    decides: "path",
  },
  "project.name": { template: "event.project.name" },
  "project.web_url": { template: "event.project.url" },
  "project.homepage": { template: "event.project.url" },
  "assignees.name": { template: "event.assignees", isList: true, when: "assignee" },
  "assignees.username": { template: "event.assignees", isList: true, when: "assignee" },
  "reviewers.name": { template: "event.reviewers", isList: true, when: "reviewer" },
  "reviewers.username": { template: "event.reviewers", isList: true, when: "reviewer" },
  "milestone.title": { template: "event.milestone", when: "milestone" },
  ref: { template: "event.ref", when: "branch" },
};

/** What the steps of Zapier's GitLab app may call the same without `object_attributes`; not verified. */
const SHORT: Record<string, string> = {
  title: "object_attributes.title",
  url: "object_attributes.url",
  web_url: "object_attributes.url",
  iid: "object_attributes.iid",
  description: "object_attributes.description",
  note: "object_attributes.note",
  action: "object_attributes.action",
  "author.name": "user.name",
  "author.username": "user.username",
};

const TOP_LEVEL =
  /^(object_kind|object_attributes|event_type|event_name|user|user_\w+|project|project_\w+|repository|labels|assignees?|reviewers|changes|commits?|issue|merge_request|ref|builds?|build_\w+)$/;

/** Whether a path can be one of a body of GitLab's, whichever step it is asked of. */
export function isGitlabPath(path: string[]): boolean {
  return TOP_LEVEL.test((path[0] ?? "").replace(/\[\]$/, ""));
}

/** The field at a path such as `["object_attributes", "title"]`; null when no template can ask for it. */
export function gitlabField(path: string[], isShort: boolean): GitlabField | null {
  const plain = path.flatMap((part) =>
    /^\d*$|^\[\]$/.test(part) ? [] : [part.replace(/\[\]$/, "")],
  );
  const joined = plain.join(".");
  const known = own(KNOWN, joined) ?? (isShort ? own(KNOWN, own(SHORT, joined) ?? "") : undefined);
  if (known !== undefined) {
    return { cel: known.template, isList: false, when: null, decides: null, ...known, path };
  }
  if (
    path.length === 0 ||
    path.some((part) => !/^[A-Za-z_]\w*(\[\])?$|^\d{1,4}$|^\[\]$/.test(part))
  ) {
    return null;
  }
  return {
    template: listTemplate(path),
    cel: `payload.${path.join(".")}`,
    isList: path.length !== plain.length || path.some((part) => part.endsWith("[]")),
    when: null,
    decides: null,
    path,
  };
}

/** `labels[]color` asks for the colour of each: a list of Liquid's. */
function listTemplate(path: string[]): string {
  let template = "payload";
  const after: string[] = [];
  for (const part of path) {
    const name = part.replace(/\[\]$/, "");
    if (after.length > 0) {
      if (name !== "") after.push(name);
    } else if (/^\d+$/.test(name)) {
      template += `[${name}]`;
    } else if (name !== "") {
      template += `.${name}`;
    }
    if (part.endsWith("[]") && after.length === 0) after.push("");
  }
  const [, ...names] = after;
  return names.length === 0 ? template : `${template} | map: "${names.join(".")}" | join: ", "`;
}
