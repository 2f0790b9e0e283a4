import { createHmac, createSecretKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { Load } from "./load.ts";

import { SECRET_TOKEN, SIGNING_TOKEN } from "./credentials.ts";
import { FIRST_NUMBER, NUMBER_PREFIX, PROJECT, projectName } from "./event-number.ts";
import { webhookHead } from "./webhook-head.ts";

const FIXTURE = join(import.meta.dirname, "../../test/fixtures/gitlab/issue.open.json");
const PROJECT_URL = `https://gitlab.example.com/gitlab-com/support/dotcom/${PROJECT}`;
/** The fixture's issue is a short one: its description, twice in the body, is repeated. */
const DESCRIPTION_REPEATS = 5;
const SIGNING_KEY = createSecretKey(SIGNING_TOKEN.replace("whsec_", ""), "base64");

/** A function from an event's number to the bytes of its HTTP request, as GitLab sends it. */
export function requestWriter(
  load: Pick<Load, "path" | "event" | "auth" | "projects">,
): (number: number) => Uint8Array {
  const encoder = new TextEncoder();
  const template = issueBody(load.event);
  // All numbers have as many digits, so all bodies have as many bytes.
  const length = encoder.encode(template).length;
  const parts = template.split(String(FIRST_NUMBER));
  return (number) => {
    const one = parts.join(String(number));
    const { projects } = load;
    const body =
      projects === undefined ? one : one.replaceAll(PROJECT, projectName(number % projects));
    return encoder.encode(requestHead(load, number, body, length) + body);
  };
}

/** A body with `FIRST_NUMBER` wherever an event's own number belongs. */
function issueBody(event: Load["event"]): string {
  const issue = JSON.parse(readFileSync(FIXTURE, "utf8")) as {
    object_attributes: Record<string, unknown> & { description: string };
    changes: Record<string, { previous: unknown; current: unknown }>;
  };
  const title = `${NUMBER_PREFIX}${FIRST_NUMBER} CMOC handover: EMEA to AMER`;
  const description = Array<string>(DESCRIPTION_REPEATS)
    .fill(issue.object_attributes.description)
    .join("\n\n");
  Object.assign(issue.object_attributes, {
    title,
    description,
    iid: FIRST_NUMBER,
    url: `${PROJECT_URL}/-/issues/${FIRST_NUMBER}`,
    ...(event === "filtered" ? { action: "close", state: "closed" } : {}),
  });
  Object.assign(issue.changes, {
    title: { previous: null, current: title },
    description: { previous: null, current: description },
    iid: { previous: null, current: FIRST_NUMBER },
  });
  return JSON.stringify(issue);
}

function requestHead(
  load: Pick<Load, "path" | "auth">,
  number: number,
  body: string,
  length: number,
): string {
  const id = `6f2a1c3e-0000-4000-8000-000${number}`;
  const timestamp = Math.floor(Date.now() / 1000);
  const proof =
    load.auth === "token"
      ? (`x-gitlab-token: ${SECRET_TOKEN}` as const)
      : (`webhook-signature: v1,${signature(id, timestamp, body)}` as const);
  return webhookHead({ path: load.path, id, timestamp, proof, length });
}

function signature(id: string, timestamp: number, body: string): string {
  return createHmac("sha256", SIGNING_KEY).update(`${id}.${timestamp}.${body}`).digest("base64");
}
