import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { identityOf } from "../../src/gitlab/identity.ts";
import { deliveryId, eventId, parseId } from "../../src/relay/ids.ts";

const KEY = identityOf(new Headers({ "webhook-id": "a" }), new Uint8Array());
const relay = fc.oneof(
  fc.constantFrom("gitlab/acme", "gitlab/-", "slack/T0123"),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 200 }),
);
const key = fc.stringMatching(/^[A-Za-z0-9_-]{22}$/);

describe("an id", () => {
  it("can be read back, of an event and of a delivery", () => {
    fc.assert(
      fc.property(relay, key, fc.nat(999_999), (name, identity, n) => {
        expect(parseId(eventId(name, identity))).toEqual({ relay: name, key: identity, n: null });
        expect(parseId(deliveryId(name, identity, n))).toEqual({ relay: name, key: identity, n });
      }),
    );
  });

  it("fits in a URL as it is", () => {
    fc.assert(
      fc.property(relay, key, (name, identity) => {
        const id = deliveryId(name, identity, 7);
        expect(encodeURIComponent(id)).toBe(id);
      }),
    );
  });

  it("of different events differ", () => {
    expect(eventId("gitlab/a", KEY)).not.toBe(eventId("gitlab/b", KEY));
    expect(deliveryId("gitlab/a", KEY, 1)).not.toBe(deliveryId("gitlab/a", KEY, 2));
  });

  test.for([
    "",
    ".",
    "undefined",
    KEY,
    `.${KEY}`,
    `${eventId("r", KEY)}.`,
    `${eventId("r", KEY)}.-1`,
    `${eventId("r", KEY)}.1.2`,
    `${eventId("r", KEY)}.1234567`,
    `${eventId("r", KEY)}.1e3`,
    ` ${eventId("r", KEY)}`,
    `${eventId("r", KEY)}\n`,
    eventId("r", KEY.slice(1)),
    eventId("r", `${KEY}a`),
    eventId("r", `../${KEY.slice(3)}`),
    "'; DROP TABLE events; --",
  ])("%j is none of ours", (id) => {
    expect(parseId(id)).toBeNull();
  });

  it("of whatever form is read without an exception", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.stringMatching(/^[A-Za-z0-9_-]*\.[A-Za-z0-9_-]{22}(\.\d+)?$/)),
        (id) => {
          const read = parseId(id);
          expect(read === null || read.key.length === 22).toBe(true);
        },
      ),
    );
  });
});
