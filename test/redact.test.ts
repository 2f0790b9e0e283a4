import { describe, expect, it } from "vitest";
import { text, type Json, type JsonObject } from "../src/json.ts";
import { redactVariables } from "../src/gitlab/redact-variables.ts";
import { redactForDisplay } from "../src/redact-for-display.ts";
import { FIXTURES, payloadOf } from "./gitlab/fixtures.ts";

describe("pipeline variables", () => {
  it("keep their keys and lose their values, wherever they stand", () => {
    const variables = () => [
      { key: "TOKEN", value: "s3cret" },
      { key: "EMPTY", value: "" },
    ];
    const redacted = [
      { key: "TOKEN", value: "[REDACTED]" },
      { key: "EMPTY", value: "[REDACTED]" },
    ];
    const payload = {
      object_attributes: { id: 1, variables: variables() },
      variables: variables(),
    };
    expect(redactVariables(payload)).toEqual({
      object_attributes: { id: 1, variables: redacted },
      variables: redacted,
    });
  });

  it("of the failed pipeline are nowhere left", () => {
    const before = payloadOf("pipeline.failed");
    const values = (before["object_attributes"] as JsonObject)["variables"] as JsonObject[];
    const secrets = values.flatMap(({ value }) => text(value) ?? []);
    expect(secrets.length).toBeGreaterThan(0);
    const after = JSON.stringify(redactVariables(before));
    for (const secret of secrets) expect(after).not.toContain(secret);
  });

  it("of other shapes change nothing", () => {
    for (const variables of [null, "text", [1, null, []], { key: "value" }] as Json[]) {
      const payload: JsonObject = { object_attributes: { variables }, variables };
      expect(redactVariables(structuredClone(payload))).toEqual(payload);
    }
  });
});

describe("a payload for display", () => {
  it("has no e-mail addresses, tokens and secrets, at any depth", () => {
    const shown = redactForDisplay({
      email: "a@example.com",
      user: { user_email: "b@example.com", public_email: "", name: "Aiko" },
      commits: [{ author: { email: "c@example.com" } }],
      hook: { token: "t", secret_token: "t", password: "p", tokens: 3 },
    });
    expect(shown).toEqual({
      email: "[REDACTED]",
      user: { user_email: "[REDACTED]", public_email: "", name: "Aiko" },
      commits: [{ author: { email: "[REDACTED]" } }],
      hook: { token: "[REDACTED]", secret_token: "[REDACTED]", password: "[REDACTED]", tokens: 3 },
    });
  });

  it("of a fixture shows no address of anyone", () => {
    for (const name of FIXTURES) {
      const shown = JSON.stringify(redactForDisplay(payloadOf(name)));
      const addresses = shown.match(/"[a-z_]*email":"(?!\[REDACTED\])[^"]+"/g) ?? [];
      expect({ name, addresses }).toEqual({ name, addresses: [] });
    }
  });

  it("is cut off where it is absurdly deep", () => {
    const deep = JSON.parse(`${"[".repeat(50_000)}${"]".repeat(50_000)}`) as Json;
    expect(JSON.stringify(redactForDisplay(deep)).length).toBeLessThan(200);
  });
});
