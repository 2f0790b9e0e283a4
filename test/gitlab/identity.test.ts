import { describe, expect, it } from "vitest";
import { identityOf } from "../../src/gitlab/identity.ts";

const BODY = '{"object_kind":"issue"}';

function identity(headers: Record<string, string>, body = BODY): string {
  return identityOf(new Headers(headers), new TextEncoder().encode(body));
}

describe("the identity of a request", () => {
  it("is 22 characters that fit an id", () => {
    expect(identity({ "webhook-id": "a" })).toMatch(/^[A-Za-z0-9_-]{22}$/);
    expect(identity({})).toMatch(/^[A-Za-z0-9_-]{22}$/);
  });

  it("is the delivery's id, whatever else differs", () => {
    const id = identity({ "webhook-id": "a", "x-gitlab-event-uuid": "u" });
    expect(identity({ "webhook-id": "a", "x-gitlab-event-uuid": "v" }, "{}")).toBe(id);
    expect(identity({ "webhook-id": "a", "webhook-timestamp": "9" })).toBe(id);
    expect(identity({ "idempotency-key": "a" })).toBe(id);
  });

  it("tells identical bodies with different ids apart", () => {
    expect(identity({ "webhook-id": "a" })).not.toBe(identity({ "webhook-id": "b" }));
    expect(identity({ "idempotency-key": "a" })).not.toBe(identity({ "idempotency-key": "b" }));
  });

  it("prefers the signed id to the key beside it", () => {
    const id = identity({ "webhook-id": "a", "idempotency-key": "b" });
    expect(id).toBe(identity({ "webhook-id": "a" }));
    expect(id).not.toBe(identity({ "idempotency-key": "b" }));
  });

  it("is the event's UUID with the body before GitLab 17.4, for several hooks share the UUID", () => {
    const uuid = { "x-gitlab-event-uuid": "u" };
    expect(identity(uuid)).toBe(identity(uuid));
    expect(identity(uuid)).not.toBe(identity(uuid, "{}"));
    expect(identity(uuid)).not.toBe(identity({ "x-gitlab-event-uuid": "v" }));
  });

  it("is the body alone where there is nothing else", () => {
    expect(identity({})).toBe(identity({ "x-gitlab-webhook-uuid": "random per request" }));
    expect(identity({})).not.toBe(identity({}, "{}"));
  });

  it("takes an empty header for none", () => {
    expect(identity({ "webhook-id": "", "idempotency-key": "a" })).toBe(
      identity({ "idempotency-key": "a" }),
    );
    expect(identity({ "webhook-id": "" })).toBe(identity({}));
  });

  it("never takes a body for a delivery's id", () => {
    expect(identity({ "x-gitlab-event-uuid": "" }, "a")).not.toBe(identity({ "webhook-id": "a" }));
    expect(identity({}, "delivery a")).not.toBe(identity({ "webhook-id": "a" }));
  });
});
