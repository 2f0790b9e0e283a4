import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Webhook } from "standardwebhooks";
import { describe, expect, it, test } from "vitest";

import { sampleBody, sampleHeaders } from "../../../src/sandbox/sample-delivery.ts";

const FIXTURES = join(import.meta.dirname, "../../fixtures/gitlab");
const TOKEN = `whsec_${Buffer.from("a signing token of thirty-two by").toString("base64")}`;
const fixture = (name: string) => readFileSync(join(FIXTURES, `${name}.json`), "utf8");

describe("a sample", () => {
  it("is signed as an independent Standard Webhooks library expects", () => {
    const body = sampleBody(fixture("issue.open"), { title: "Grüße 🦊" });
    const headers = sampleHeaders(body, TOKEN);
    expect(new Webhook(TOKEN).verify(body, headers)).toMatchObject({ object_kind: "issue" });
    expect(headers["idempotency-key"]).toBe(headers["webhook-id"]);
  });

  it("is a new delivery every time", () => {
    const ids = [1, 2].map(() => sampleHeaders("{}", TOKEN)["webhook-id"]);
    expect(ids[0]).not.toBe(ids[1]);
  });

  const names = readdirSync(FIXTURES).filter((file) => file.endsWith(".json"));
  test.for(names)("%s is sent as recorded when nothing else is asked for", (file) => {
    const text = readFileSync(join(FIXTURES, file), "utf8");
    expect(sampleBody(text, {})).toBe(text);
    expect(sampleHeaders(text, TOKEN)["x-gitlab-event"]).toMatch(/ Hook$/);
  });

  it("keeps what a copy would lose", () => {
    const changed = sampleBody(fixture("issue.open-hostile"), { labels: ["one more"] });
    expect(changed).toContain('"__proto__":{');
  });

  it("takes a title, a project and more labels", () => {
    const body = JSON.parse(
      sampleBody(fixture("issue.labeled"), { title: "T", project: "a/b", labels: ["SM Renewals"] }),
    );
    const titles = (labels: { title: string }[]) => labels.map(({ title }) => title);
    expect(body.object_attributes.title).toBe("T");
    expect(body.project.path_with_namespace).toBe("a/b");
    expect(body.object_attributes.url).toContain("/a/b/");
    expect(titles(body.labels)).toContain("SM Renewals");
    expect(titles(body.changes.labels.current)).toContain("SM Renewals");
    expect(titles(body.changes.labels.previous)).not.toContain("SM Renewals");
  });

  it("has just happened when fresh", () => {
    const body = JSON.parse(sampleBody(fixture("issue.open"), { fresh: true }));
    expect(Date.now() - Date.parse(body.object_attributes.updated_at)).toBeLessThan(60_000);
  });

  it("has a number of its own when fresh, in its address too", () => {
    const before = JSON.parse(fixture("issue.open")).object_attributes;
    const after = JSON.parse(sampleBody(fixture("issue.open"), { fresh: true })).object_attributes;
    expect(after.iid).not.toBe(before.iid);
    expect(after.url.endsWith(`/${after.iid}`)).toBe(true);
  });

  test.for([
    ["issue.open", "Issue Hook"],
    ["issue.open-confidential", "Confidential Issue Hook"],
    ["work_item.open-task", "Issue Hook"],
    ["note.create-internal", "Confidential Note Hook"],
    ["job.failed", "Job Hook"],
    ["pipeline.failed", "Pipeline Hook"],
    ["member.add", "Member Hook"],
    ["subgroup.create", "Subgroup Hook"],
    ["project.create", "Project Hook"],
    ["user.create", "System Hook"],
    ["access_token.expiring", "Resource Access Token Hook"],
  ] as const)("of %s comes as %s", ([name, hook]) => {
    expect(sampleHeaders(fixture(name), TOKEN)["x-gitlab-event"]).toBe(hook);
  });
});
