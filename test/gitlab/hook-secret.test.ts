import { Webhook } from "standardwebhooks";
import { describe, expect, it, test } from "vitest";
import { deriveHookSecret } from "../../src/gitlab/hook-secret.ts";
import { secretsFor, verifyDelivery } from "../../src/gitlab/verify-delivery.ts";

const SHARED = {
  signingTokens: ["whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="],
  secretTokens: ["plain-one"],
  masterSecrets: ["master-secret-now", "master-secret-before"],
};

/** The contract's formula with WebCrypto, which the source does not use. */
async function expected(masterSecret: string, path: string): Promise<string> {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const hmac = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", bytes(masterSecret), hmac, false, ["sign"]);
  const signature = await crypto.subtle.sign("HMAC", key, bytes(path));
  return `whsec_${btoa(String.fromCharCode(...new Uint8Array(signature)))}`;
}

async function accepts(hookPath: string | null, token: string, how: "signed" | "token") {
  const [id, now, body] = ["delivery-1", Date.now(), "{}"];
  const headers = new Headers(
    how === "token"
      ? { "x-gitlab-token": token }
      : {
          "webhook-id": id,
          "webhook-timestamp": String(Math.floor(now / 1000)),
          "webhook-signature": new Webhook(token).sign(id, new Date(now), body),
        },
  );
  const secrets = secretsFor(SHARED, hookPath);
  return (await verifyDelivery(headers, secrets, now, async () => new TextEncoder().encode(body)))
    .ok;
}

describe("a hook's own secret", () => {
  test.for([
    ["master-secret-now", "gitlab-com/Support", "WvVUZHv4MKx8k6ypIU2OWXeIE6K+T9s72aKUIWVwmX0="],
    ["schlüssel", "gruppe/größe", "hlp4DMp9JfXgafORA2c/eZudxCL8FqeLZILv94B/MN0="],
  ] as const)("of %s for %s is known", ([masterSecret, path, base64]) => {
    expect(deriveHookSecret(masterSecret, path)).toBe(`whsec_${base64}`);
  });

  test.for(["acme", "acme/widgets", "Acme/Widgets", "a b/ç", "acme/%2e"])(
    "for %s is the contract's formula",
    async (path) => {
      expect(deriveHookSecret("m", path)).toBe(await expected("m", path));
    },
  );

  test.for(["signed", "token"] as const)(
    "of every master secret is good on its path (%s)",
    async (how) => {
      for (const masterSecret of SHARED.masterSecrets) {
        const token = await expected(masterSecret, "acme/widgets");
        expect(await accepts("acme/widgets", token, how)).toBe(true);
      }
    },
  );

  test.for<string | null>([
    "acme",
    "acme/widgets/inner",
    "acme/widgets2",
    "ACME/widgets",
    "acme/widgets/",
    null,
  ])("is good on no other path, such as %s", async (path) => {
    const token = await expected("master-secret-now", "acme/widgets");
    expect(await accepts(path, token, "signed")).toBe(false);
    expect(await accepts(path, token, "token")).toBe(false);
  });

  it("does not push the shared secrets out", async () => {
    expect(await accepts("acme/widgets", SHARED.signingTokens[0] ?? "", "signed")).toBe(true);
    expect(await accepts("acme/widgets", "plain-one", "token")).toBe(true);
  });

  it("is not the master secret", async () => {
    expect(await accepts("acme/widgets", "master-secret-now", "token")).toBe(false);
  });
});
