import fc from "fast-check";
import { expect, it } from "vitest";
import type { Event } from "../../src/event.ts";
import { parseEvent } from "../../src/gitlab/parse-event.ts";
import type { JsonObject } from "../../src/json.ts";
import { lintDocuments } from "../../src/linting/lint-documents.ts";
import { compileMapping } from "../../src/mappings/compile-mapping.ts";
import { matchRules } from "../../src/mappings/match-rules.ts";
import type { Mapping } from "../../src/mappings/schema.ts";

const KEY = "mapping/gitlab/acme/widgets";
const CIRCUMSTANCES = { id: "e", hookName: null, hookPath: null, large: false, refChange: null };
const PROJECT = {
  path_with_namespace: "acme/widgets",
  name: "Widgets",
  web_url: "https://gitlab.example/acme/widgets",
};

/** Other actions leave the state as it is. */
const STATES: Record<string, string> = { open: "opened", close: "closed" };
const LABELS = ["a", "b", "ab"];
const titles = (names: string[]): JsonObject[] => names.map((title, id) => ({ id, title }));
const labels = fc.subarray(LABELS);

/** Bodies as GitLab sends them, with what the rules below look at. */
const payload: fc.Arbitrary<JsonObject> = fc.oneof(
  fc
    .record({
      action: fc.constantFrom("open", "close", "update"),
      before: labels,
      after: labels,
      stays: fc.constantFrom("opened", "closed"),
      confidential: fc.boolean(),
    })
    .map(({ action, before, after, stays, confidential }) => ({
      object_kind: "issue",
      user: { username: "ana", name: "Ana" },
      project: PROJECT,
      object_attributes: {
        iid: 1,
        action,
        state: STATES[action] ?? stays,
        confidential,
        title: "A",
      },
      labels: titles(after),
      ...(action === "update"
        ? { changes: { labels: { previous: titles(before), current: titles(after) } } }
        : {}),
    })),
  fc
    .record({
      status: fc.constantFrom("success", "failed", "running"),
      ref: fc.constantFrom(...LABELS),
      refStatus: fc.constantFrom("broken", "fixed", "success"),
    })
    .map(({ status, ref, refStatus }) => ({
      object_kind: "pipeline",
      user: { username: "ana", name: "Ana" },
      project: PROJECT,
      object_attributes: { id: 1, status, ref, ref_status_name: refStatus },
    })),
);

const pattern = fc.constantFrom("a", "b", "ab", "a*", "*b", "?", "*", "c");
const patterns = fc.array(pattern, { minLength: 1, maxLength: 2 });
const globs = fc.oneof(
  pattern,
  fc.record({ any: patterns, all: patterns, none: patterns }, { requiredKeys: [] }),
);
const status = fc.constantFrom("opened", "closed", "success", "failed", "f*");
const many = fc.record(
  {
    labels: globs,
    labels_added: globs,
    branch: globs,
    status,
    confidential: fc.boolean(),
    project: fc.constantFrom("acme/widgets", "acme/*", "other/*"),
  },
  { requiredKeys: [] },
);
const when = fc.oneof(fc.record({ labels: globs }), fc.record({ branch: globs }), many);
const on = fc.constantFrom(
  "issue.open",
  "issue.close",
  "issue.*",
  "issue.labeled",
  "pipeline.broken",
  "pipeline.fixed",
  "pipeline.failed",
  "pipeline.*",
  "*",
);
const rule = fc.record(
  {
    on: fc.array(on, { minLength: 1, maxLength: 2 }),
    to: fc.subarray(["x", "y"], { minLength: 1 }),
    when,
  },
  { requiredKeys: ["on", "to"] },
);
const mapping = fc
  .array(rule, { minLength: 1, maxLength: 4 })
  .map((rules) => ({ rules: rules.map((each, index) => ({ name: `R${index}`, ...each })) }));

/** The destinations that each rule reaches, whichever of the events comes. */
function reached(written: Mapping, events: { event: Event; body: JsonObject }[]): Set<string>[] {
  const compiled = compileMapping(KEY, written);
  if (!compiled.ok) throw new Error("the rules of this test are right");
  const found = written.rules.map(() => new Set<string>());
  for (const { event, body } of events) {
    for (const [index, { destinations }] of matchRules(event, body, [compiled.value]).entries()) {
      for (const name of destinations) found[index]?.add(name);
    }
  }
  return found;
}

it(
  "what is said to be shadowed or never to match sends nothing, whatever comes",
  { timeout: 60_000 },
  () => {
    let claims = 0;
    fc.assert(
      fc.property(
        mapping,
        fc.array(payload, { minLength: 30, maxLength: 30 }),
        (written, bodies) => {
          const events = bodies.map((body) => ({ body, event: parseEvent(body, CIRCUMSTANCES) }));
          const sent = reached(written as Mapping, events);
          for (const { path, code, severity, message } of lintDocuments([
            { key: KEY, text: JSON.stringify(written) },
          ])) {
            if (code !== "shadowed-rule" && !(code === "never-matches" && severity === "error"))
              continue;
            claims += 1;
            const [, index = "", to] = /^rules\[(\d+)\](?:\.to\[(\d+)\])?/.exec(path) ?? [];
            const { to: all = [] } = written.rules[Number(index)] ?? {};
            const claimed = to === undefined ? all : all.slice(Number(to), Number(to) + 1);
            const refuted = claimed.filter((name) => sent[Number(index)]?.has(name));
            expect({ path, message, refuted, rules: refuted.length > 0 && written }).toMatchObject({
              refuted: [],
            });
          }
        },
      ),
      { numRuns: 300 },
    );
    expect(claims).toBeGreaterThan(100);
  },
);
