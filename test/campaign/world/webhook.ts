import { createCipheriv, createHmac, createSecretKey } from "node:crypto";
import { SIGNING_TOKEN } from "../../../bench/load/credentials.ts";
import issueOpen from "../../fixtures/gitlab/issue.open.json" with { type: "json" };
import type { Project } from "./configuration.ts";
import { webhookHead } from "../../../bench/load/webhook-head.ts";

/** A webhook of a scenario. Sent once more it is byte for byte the same, but for the time of sending. */
export type Webhook = {
  /** Its identity: it stands in the title, and so in every message, and in the webhook's id. */
  number: number;
  project: Project;
  iid: number;
  /** What has to become of it. */
  wants: "message" | "nothing" | "unreadable";
  /** The length of its description in bytes; without: the fixture's. */
  bytes?: number;
};

const TITLE = /campaign-(\d{9})/;
const KEY = createSecretKey(SIGNING_TOKEN.replace("whsec_", ""), "base64");

/** The number of the event that a message is about; null: it says none. */
export function numberIn(text: string): number | null {
  const digits = TITLE.exec(text)?.[1];
  return digits === undefined ? null : Number(digits);
}

/** GitLab's id of the delivery. */
function webhookId(number: number): string {
  return `6f2a1c3e-0000-4000-8000-${String(number).padStart(12, "0")}`;
}

/** The last part of the id that Causeway gives the event: GitLab's, written shorter. */
export function keyOf(number: number): string {
  return Buffer.from(webhookId(number).replaceAll("-", ""), "hex").toString("base64url");
}

/** What has to stay in order: one issue. */
export function subjectOf({ project, iid }: Webhook): string {
  return `${project.path}#${iid}`;
}

/** The bytes of the HTTP request, signed as GitLab 19 signs, at a time in ms. */
export function requestOf(webhook: Webhook, at: number): Uint8Array {
  const id = webhookId(webhook.number);
  const body = Buffer.from(bodyOf(webhook));
  const timestamp = Math.floor(at / 1000);
  const signature = createHmac("sha256", KEY)
    .update(`${id}.${timestamp}.`)
    .update(body)
    .digest("base64");
  const head = webhookHead({
    path: "/gitlab/webhooks",
    id,
    timestamp,
    proof: `webhook-signature: v1,${signature}`,
    length: body.length,
  });
  return Buffer.concat([Buffer.from(head), body]);
}

function bodyOf(webhook: Webhook): string {
  const { number, project, iid, wants, bytes } = webhook;
  const title = `campaign-${String(number).padStart(9, "0")} of ${project.path}`;
  if (wants === "unreadable") return `{"title": "${title}", this is not JSON`;
  const { object_attributes: issue } = issueOpen;
  return JSON.stringify({
    ...issueOpen,
    project: { ...issueOpen.project, path_with_namespace: project.path },
    object_attributes: {
      ...issue,
      title,
      iid,
      url: `https://gitlab.example.com/${project.path}/-/issues/${iid}`,
      ...(bytes === undefined ? {} : { description: filling(bytes) }),
      ...(wants === "nothing" ? { action: "close", state: "closed" } : {}),
    },
  });
}

/** Text that does not compress well, and is the same each time. */
function filling(bytes: number): string {
  const cipher = createCipheriv("aes-128-ctr", Buffer.alloc(16), Buffer.alloc(16));
  const noise = cipher.update(Buffer.alloc(Math.floor((bytes * 3) / 4)));
  return Buffer.from(noise).toString("base64");
}
