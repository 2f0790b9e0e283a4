import { createHmac, randomInt, randomUUID } from "node:crypto";
import * as z from "zod";

export type SampleOptions = {
  labels?: string[] | undefined;
  title?: string | undefined;
  project?: string | undefined;
  /** Another issue or merge request, of this moment: a number of its own, and today's dates. */
  fresh?: boolean | undefined;
};

/** The parts of a webhook's body that a sample may change or must read; the rest passes as it is. */
const Label = z.looseObject({ title: z.string() });
const Body = z.looseObject({
  object_kind: z.string().optional(),
  event_name: z.string().optional(),
  event_type: z.string().optional(),
  labels: z.array(Label).nullish(),
  project: z.looseObject({ path_with_namespace: z.string().optional() }).nullish(),
  // Those of `repository_update` are a list.
  changes: z
    .union([
      z.looseObject({ labels: z.looseObject({ current: z.array(Label) }).optional() }),
      z.array(z.unknown()).transform(() => undefined),
    ])
    .nullish(),
  object_attributes: z
    .looseObject({ iid: z.number().optional(), labels: z.array(Label).nullish() })
    .nullish(),
});

type Body = z.infer<typeof Body>;

/** A recorded body as it is, or with the wished-for changes and otherwise as it is. */
export function sampleBody(
  fixture: string,
  { labels = [], title, project, fresh }: SampleOptions,
): string {
  const path = read(fixture).project?.path_with_namespace;
  const text =
    project === undefined || path === undefined ? fixture : fixture.replaceAll(path, project);
  if (labels.length === 0 && title === undefined && fresh !== true) return text;
  const body = read(text);
  if (title !== undefined && body.object_attributes) body.object_attributes["title"] = title;
  if (fresh === true) {
    renumber(body);
    redate(body);
  }
  for (const label of labels) addLabel(body, label);
  return JSON.stringify(body);
}

/** Checked but not copied: a body may hold what a copy would lose, such as a key named `__proto__`. */
function read(text: string): Body {
  const body: unknown = JSON.parse(text);
  if (isBody(body)) return body;
  throw new Error("The recorded body does not look like one of GitLab's.");
}

function isBody(value: unknown): value is Body {
  return Body.safeParse(value).success;
}

/**
 * The headers GitLab 19 sends (docs.gitlab.com, "Webhooks" and "Webhook events"), signed by the Standard Webhooks scheme with
 * the base64 key after `whsec_`.
 */
export function sampleHeaders(text: string, signingToken: string): Record<string, string> {
  const id = randomUUID();
  const timestamp = String(Math.floor(Date.now() / 1000));
  const key = Buffer.from(signingToken.replace(/^whsec_/, ""), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${text}`).digest("base64");
  return {
    "content-type": "application/json",
    "user-agent": "GitLab/19.2.0",
    "idempotency-key": id,
    "webhook-id": id,
    "webhook-timestamp": timestamp,
    "webhook-signature": `v1,${signature}`,
    "x-gitlab-event": hookOf(read(text)),
    "x-gitlab-event-uuid": randomUUID(),
    "x-gitlab-instance": "https://gitlab.example.com",
    "x-gitlab-webhook-uuid": randomUUID(),
  };
}

/** "Webhook events": the name of the hook by `object_kind`, which kinds without one have in `event_name`. */
const HOOKS: Record<string, string> = {
  access_token: "Resource Access Token Hook",
  build: "Job Hook",
  deploy_token: "Resource Deploy Token Hook",
  deployment: "Deployment Hook",
  emoji: "Emoji Hook",
  feature_flag: "Feature Flag Hook",
  issue: "Issue Hook",
  job: "Job Hook",
  merge_request: "Merge Request Hook",
  milestone: "Milestone Hook",
  note: "Note Hook",
  pipeline: "Pipeline Hook",
  push: "Push Hook",
  release: "Release Hook",
  tag_push: "Tag Push Hook",
  vulnerability: "Vulnerability Hook",
  wiki_page: "Wiki Page Hook",
  work_item: "Issue Hook",
};

function hookOf({ object_kind, event_name = "", event_type }: Body): string {
  if (object_kind === undefined) {
    if (/_(to|for|from)_group|_for_group$/.test(event_name)) return "Member Hook";
    if (event_name.startsWith("subgroup_")) return "Subgroup Hook";
    return event_name.startsWith("project_") ? "Project Hook" : "System Hook";
  }
  const hook = HOOKS[object_kind] ?? "System Hook";
  return event_type?.startsWith("confidential_") === true ? `Confidential ${hook}` : hook;
}

function addLabel(body: Body, title: string): void {
  const label = { id: randomInt(1_000_000), title, color: "#428bca", type: "ProjectLabel" };
  body.labels = [...(body.labels ?? []), label];
  const { object_attributes: attributes } = body;
  if (attributes?.labels) attributes.labels.push(label);
  body.changes?.labels?.current.push(label);
}

/** It happened just now. */
function redate({ object_attributes: attributes }: Body): void {
  if (!attributes) return;
  for (const key of ["created_at", "updated_at", "finished_at"]) {
    if (typeof attributes[key] === "string") attributes[key] = new Date().toISOString();
  }
}

/** The number is also the end of the address. */
function renumber({ object_attributes: attributes }: Body): void {
  const before = attributes?.iid;
  if (!attributes || before === undefined) return;
  attributes.iid = before + randomInt(1, 1_000_000);
  attributes["id"] = randomInt(1_000_000, 1_000_000_000);
  const { url } = attributes;
  if (typeof url === "string") attributes["url"] = url.replace(`/${before}`, `/${attributes.iid}`);
}
