import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { JsonObject } from "../../src/json.ts";
import type { Sample } from "./work.ts";

import { object, objects, text } from "../../src/json.ts";

const FIXTURES = join(import.meta.dirname, "../../test/fixtures/gitlab");

const LABELS = 50;
const JOBS = 200;
const DESCRIPTION = 20_000;
const PARAGRAPHS = `## What we saw

Checkout answered **502** for about _four minutes_, see [the graph](https://grafana.example.com/d/1)
and #1284, !208 and ~"priority::1". @mquintero restarted \`checkout-web\`:

\`\`\`sh
kubectl rollout restart deployment/checkout-web --namespace=shop
\`\`\`

- [x] Tell support
- [ ] Raise the limit of \`max_connections\`
  - it is <b>100</b> now & was 50 once
1. Read https://gitlab.example.com/acme/widgets/-/issues/118

| region | errors | share |
| ------ | -----: | ----- |
| emea   |  1,204 | 3.1 % |
| amer   |     88 | 0.2 % |

> The pool was empty; ![a graph](/uploads/0d1f/pool.png) shows it.

`;

/** The bodies of all samples, as the bytes that GitLab would send. */
export function samples(): Record<Sample, Uint8Array[]> {
  const names = readdirSync(FIXTURES).filter((name) => name.endsWith(".json"));
  return {
    fixtures: names.map((name) => bytes(fixture(name))),
    largeIssue: [bytes(largeIssue())],
    largePipeline: [bytes(largePipeline())],
  };
}

/** A description of 20 kB, twice in the body as GitLab sends it, and 50 labels. */
function largeIssue(): JsonObject {
  const issue = fixture("issue.open.json");
  const [label] = objects(issue["labels"]);
  const labels = Array.from({ length: LABELS }, (_, index) => ({
    ...label,
    id: 30_000 + index,
    title: `area::part ${index}`,
  }));
  const description = PARAGRAPHS.repeat(Math.ceil(DESCRIPTION / PARAGRAPHS.length)).slice(
    0,
    DESCRIPTION,
  );
  const attributes = { ...object(issue["object_attributes"]), labels, description };
  const changes = {
    ...object(issue["changes"]),
    description: { previous: null, current: description },
  };
  return { ...issue, object_attributes: attributes, labels, changes };
}

/** 200 jobs, some of which failed. */
function largePipeline(): JsonObject {
  const pipeline = fixture("pipeline.failed-many-jobs.json");
  const jobs = objects(pipeline["builds"]);
  const builds = Array.from({ length: JOBS }, (_, index) => {
    const job = object(jobs[index % jobs.length]);
    return { ...job, id: 9_900_000 + index, name: `${text(job["name"])} ${index}/${JOBS}` };
  });
  return { ...pipeline, builds };
}

function fixture(name: string): JsonObject {
  return JSON.parse(readFileSync(join(FIXTURES, name), "utf8")) as JsonObject;
}

function bytes(body: JsonObject): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(body));
}
