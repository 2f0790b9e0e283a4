import { readFileSync } from "node:fs";
import { join } from "node:path";

const FIXTURES = join(import.meta.dirname, "../../fixtures/gitlab");

/** A recorded body, with the parts that a test wants otherwise. */
export function fixture(name: string, project?: string): string {
  const body = readFileSync(join(FIXTURES, `${name}.json`), "utf8");
  if (project === undefined) return body;
  const payload = JSON.parse(body) as { project?: object };
  return JSON.stringify({
    ...payload,
    project: { ...payload.project, path_with_namespace: project },
  });
}
