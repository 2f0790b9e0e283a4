import { describe, expect, it, test } from "vitest";
import { deriveHookSecret } from "../../src/gitlab/hook-secret.ts";
import { verifyDelivery } from "../../src/gitlab/verify-delivery.ts";
import { webhook } from "../webhook.ts";

const PATHS = ["a", "b", "c", "d", "e"];
const TOKENS = PATHS.map((path) => deriveHookSecret("a master secret", path));

/** A list of secrets, and which of them were looked at. */
function watched(secrets: string[]): { list: string[]; seen: string[] } {
  const seen: string[] = [];
  const list = secrets.slice();
  list[Symbol.iterator] = function* all() {
    for (let index = 0; index < this.length; index += 1) {
      const secret = this[index] ?? "";
      seen.push(secret);
      yield secret;
    }
    return undefined;
  };
  return { list, seen };
}

async function accepts(request: Request, secrets: { signing?: string[]; plain?: string[] }) {
  const body = new Uint8Array(await request.clone().arrayBuffer());
  const { ok } = await verifyDelivery(
    request.headers,
    { signingTokens: secrets.signing ?? [], secretTokens: secrets.plain ?? [] },
    Date.now(),
    async () => body,
  );
  return ok;
}

/** Time shows only the machine's noise; what can be seen is that nothing ends early. */
describe("checking a secret takes as long whichever it is", () => {
  test.for([0, 2, 4])(
    "of five signing tokens every one is tried when number %i is right",
    async (at) => {
      const { list, seen } = watched(TOKENS);
      const request = webhook({}, { token: TOKENS[at] ?? "" });
      expect(await accepts(request, { signing: list })).toBe(true);
      expect(seen).toEqual(TOKENS);
    },
  );

  test.for([0, 2, 4])(
    "of five plain tokens every one is tried when number %i is right",
    async (at) => {
      const { list, seen } = watched(TOKENS);
      const headers = { "webhook-signature": null, "x-gitlab-token": TOKENS[at] ?? "" };
      expect(await accepts(webhook({}, { headers }), { plain: list })).toBe(true);
      expect(seen).toEqual(TOKENS);
    },
  );

  it("and every one is tried when none is right", async () => {
    const { list, seen } = watched(TOKENS);
    const headers = { "webhook-signature": null, "x-gitlab-token": "x".repeat(50) };
    expect(await accepts(webhook({}, { headers }), { plain: list })).toBe(false);
    expect(seen).toEqual(TOKENS);
  });
});
