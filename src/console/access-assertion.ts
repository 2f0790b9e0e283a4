import { Jwt } from "hono/utils/jwt";
import { warn } from "../log.ts";
import { accessKeys } from "./access-keys.ts";

/** Who an assertion is about, or why nobody is let in with it. */
export type Assertion =
  | { ok: true; name: string }
  | { ok: false; reason: "access_refused" | "access_unreachable" };

/** The clock of whoever signed may be a little ahead of ours. */
const AHEAD_SECONDS = 60;

/**
 * Believes an assertion of Cloudflare Access that the team's keys signed, for one of these applications,
 * and that is good now. Its name is the e-mail address, or a service token's common name.
 * @see https://developers.cloudflare.com/cloudflare-one/access-controls/applications/http-apps/authorization-cookie/validating-json/
 */
export async function readAssertion(
  token: string,
  { issuer, audiences }: { issuer: string; audiences: string[] },
  now: number,
): Promise<Assertion> {
  const keyId = keyIdOf(token);
  if (keyId === null) return { ok: false, reason: "access_refused" };
  const keys = await accessKeys(issuer, keyId, now);
  if (keys === null) return { ok: false, reason: "access_unreachable" };
  try {
    const verification = { iss: issuer, aud: audiences, nbf: false, iat: false };
    const said = await Jwt.verifyWithJwks(token, {
      keys,
      allowedAlgorithms: ["RS256"],
      verification,
    });
    const name = [said["email"], said["common_name"]].find(isName);
    if (name !== undefined && isGoodAt(said, now / 1_000)) return { ok: true, name };
    warn("access_refused", { reason: name === undefined ? "no_name" : "not_now" });
  } catch (error) {
    // Its message has the token in it.
    warn("access_refused", { reason: error instanceof Error ? error.name : "unknown" });
  }
  return { ok: false, reason: "access_refused" };
}

function keyIdOf(token: string): string | null {
  try {
    return Jwt.decode(token).header.kid ?? null;
  } catch {
    return null;
  }
}

function isName(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

type Times = { exp?: unknown; nbf?: unknown; iat?: unknown };

/** What never ends is not believed; when it began may be left out. */
function isGoodAt({ exp, nbf, iat }: Times, seconds: number): boolean {
  const begun = (at: unknown) =>
    at === undefined || (typeof at === "number" && at <= seconds + AHEAD_SECONDS);
  return typeof exp === "number" && seconds < exp && begun(nbf) && begun(iat);
}
