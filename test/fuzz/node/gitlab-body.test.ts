import { strict as assert } from "node:assert";
import * as fc from "fast-check";
import { describe } from "vitest";
import { outlineOf } from "../../../src/gitlab/outline.ts";
import { LARGE_BODY_BYTES, readPayload } from "../../../src/gitlab/read-payload.ts";
import { isObject, type Json } from "../../../src/json.ts";
import { incomingFromGitlab } from "../../../src/relay/incoming-from-gitlab.ts";
import { FIXTURES, payloadOf } from "../../gitlab/fixtures.ts";
import { damaged } from "../damaged.ts";
import { fuzz } from "../fuzz.ts";
import { hostileText } from "../hostile.ts";

const DEEP = `{"a":${"[".repeat(30)}1${"]".repeat(30)},"b":${'{"c":'.repeat(30)}2${"}".repeat(30)}}`;
const PROTO = '{"__proto__":{"a":1},"b":{"__proto__":{"c":[{"__proto__":null}]}}}';
const body = damaged([
  DEEP,
  PROTO,
  PROTO,
  ...FIXTURES.map((name) => JSON.stringify(payloadOf(name))),
]);
const headers = fc.dictionary(
  fc.constantFrom("webhook-id", "idempotency-key", "x-gitlab-event", "x-gitlab-event-uuid"),
  // A header's value is Latin text in one line.
  // oxlint-disable-next-line no-control-regex -- control characters are what this removes
  hostileText.map((text) => text.replace(/[^\t\u0020-\u00ff]/g, "")),
);

/** The body as JSON.parse reads it; undefined: it does not. */
function parsed(bytes: Uint8Array): Json | undefined {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

describe("whatever bytes a body has", () => {
  fuzz("it is read as JSON.parse reads it, or is unreadable", body, (bytes) => {
    const value = parsed(bytes);
    const expected = isObject(value) ? { payload: value, large: false } : null;
    assert.deepEqual(readPayload(bytes), expected);
  });

  fuzz("its outline is an object within its bounds, or nothing", body, (bytes) => {
    const outline = outlineOf(bytes);
    if (isObject(parsed(bytes))) assert.notEqual(outline, null);
    if (outline === null) return;
    assert.ok(isPlain(outline));
    assert.ok(depthOf(outline) <= 7);
    assert.ok(JSON.stringify(outline).length < 1_500_000);
  });

  const hook = fc.option(fc.constantFrom("acme", "Acme/Widgets", "a/b/c"));
  const anyRequest = fc.tuple(headers, body, hook);
  fuzz("it becomes something that a Relay can store", anyRequest, ([named, bytes, hookPath]) => {
    const incoming = incomingFromGitlab(new Headers(named), bytes, hookPath);
    assert.match(incoming.key, /^[\w-]{22}$/);
    assert.ok(incoming.types.length > 0);
    for (const type of incoming.types) assert.match(type, /^[a-z0-9_]+(\.[a-z0-9_]*)?$/);
    assert.equal(incoming.unreadable, !isObject(parsed(bytes)));
    assert.ok((incoming.title ?? "").length <= 300);
    assert.ok(Buffer.byteLength(incoming.path ?? "") <= 480);
    assert.equal(incoming.size, bytes.length);
    assert.ok(bytes.length < LARGE_BODY_BYTES);
  });
});

/** Whether all that it inherits is JavaScript's own. */
function isPlain(value: Json): boolean {
  if (typeof value !== "object" || value === null) return true;
  const { prototype } = Array.isArray(value) ? Array : Object;
  return Object.getPrototypeOf(value) === prototype && Object.values(value).every(isPlain);
}

function depthOf(value: Json): number {
  if (typeof value !== "object" || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}
