import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";

import { movedTo, prepareDevVars } from "../../../src/sandbox/dev-vars.ts";

const SLACK = "http://127.0.0.1:8788";
let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "causeway-test-"));
  path = join(folder, ".dev.vars");
});
afterEach(() => rmSync(folder, { recursive: true }));

it("are written at the first start, random and for the owner only, and read again at the next", () => {
  const first = prepareDevVars(path, SLACK);
  expect(first["GITLAB_SIGNING_TOKENS"]).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(first["VIEWER_TOKEN"]).toMatch(/^[0-9a-f]{48}$/);
  expect(first["SLACK_BOT_TOKEN"]).toMatch(/^xoxb-local-/);
  expect(first["SLACK_SIGNING_SECRET"]).toMatch(/^[0-9a-f]{32}$/);
  expect(first["GITLAB_API_TOKEN"]).toMatch(/^glpat-local-/);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(prepareDevVars(path, SLACK)).toEqual(first);
  rmSync(path);
  expect(prepareDevVars(path, SLACK)["ADMIN_TOKEN"]).not.toBe(first["ADMIN_TOKEN"]);
});

it("name every secret that the example destinations refer to", () => {
  const destinations = join(import.meta.dirname, "../../../examples/gitlab-support/destination");
  const vars = prepareDevVars(path, SLACK);
  for (const name of ["support-gitlab-com", "support-licensing-subscription"]) {
    const secret = /secret:(\w+)/.exec(
      readFileSync(join(destinations, `${name}.yaml`), "utf8"),
    )?.[1];
    expect(vars[secret ?? ""]).toMatch(/^http:\/\/127\.0\.0\.1:8788\/triggers\//);
  }
});

it("are never changed: a missing line is named, ready to be added", () => {
  prepareDevVars(path, SLACK);
  // Whoever has no viewer needs none.
  const mine = readFileSync(path, "utf8").replace(/^(SLACK_API_URL|VIEWER_TOKEN)=.*\n/gm, "");
  writeFileSync(path, mine);
  expect(() => prepareDevVars(path, SLACK)).toThrow(
    ".dev.vars lacks a setting that the sandbox needs. Add to it:\n  SLACK_API_URL=http://127.0.0.1:8788/api/",
  );
  expect(readFileSync(path, "utf8")).toBe(mine);
});

it("follow the stand-in to another port, and leave the real Slack alone", () => {
  const vars = prepareDevVars(path, SLACK);
  expect(movedTo(SLACK, vars)).toEqual({});
  const moved = movedTo("http://127.0.0.1:9000", vars);
  expect(Object.keys(moved).toSorted()).toEqual([
    "GITLAB_URL",
    "SLACK_API_URL",
    "SLACK_HOOK_ORIGINS",
    "SUPPORT_GITLAB_COM_URL",
    "SUPPORT_LICENSING_SUBSCRIPTION_URL",
  ]);
  expect(moved["SLACK_API_URL"]).toBe("http://127.0.0.1:9000/api/");
  expect(moved["GITLAB_URL"]).toBe("http://127.0.0.1:9000/gitlab");
  expect(
    movedTo("http://127.0.0.1:9000", { ...vars, SLACK_API_URL: "https://slack.com/api/" }),
  ).toEqual({});
});
