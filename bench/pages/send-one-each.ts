import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Server } from "../processes/start-workerd.ts";

import { SECRET_TOKEN } from "../load/credentials.ts";
import { readLedger } from "../measure/ledger.ts";
import { labelOf, MAPPINGS, projectPath, RULES } from "./pages-target.ts";

const FIXTURE = join(import.meta.dirname, "../../test/fixtures/gitlab/issue.open.json");
const PATIENCE_MS = 30_000;

/** Sends an issue of each project, in turn for each rule, waits until all are delivered, and says how many. */
export async function sendOneEach(server: Server): Promise<number> {
  for (let index = 0; index < MAPPINGS; index += 1) await send(server, issueOf(index));
  const giveUpAt = Date.now() + PATIENCE_MS;
  while ((await readLedger(server)).delivered < MAPPINGS) {
    if (Date.now() > giveUpAt) throw new Error("Not every issue was delivered.");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return MAPPINGS;
}

function issueOf(index: number): string {
  const payload = JSON.parse(readFileSync(FIXTURE, "utf8")) as Payload;
  const title = labelOf(index % RULES);
  payload.labels = [{ title }];
  payload.object_attributes.labels = [{ title }];
  payload.object_attributes.iid = index + 1;
  payload.project.path_with_namespace = projectPath(index);
  return JSON.stringify(payload);
}

type Payload = {
  labels: unknown[];
  object_attributes: { labels: unknown[]; iid: number };
  project: { path_with_namespace: string };
};

async function send(server: Server, body: string): Promise<void> {
  const answer = await fetch(`http://127.0.0.1:${server.port}/gitlab/webhooks`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-gitlab-event": "Issue Hook",
      "x-gitlab-token": SECRET_TOKEN,
    },
    body,
  });
  await answer.body?.cancel();
  if (answer.status !== 202) throw new Error(`A webhook was answered with ${answer.status}.`);
}
