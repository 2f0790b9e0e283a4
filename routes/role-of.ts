import { timingSafeEqual } from "hono/utils/buffer";
import type { RoleToken } from "../src/console/way-in.ts";

/** What the token that was given allows; null when it is none of ours. All are compared, whichever is right. */
export async function roleOf(
  given: string,
  tokens: RoleToken[],
): Promise<RoleToken["role"] | null> {
  let found: RoleToken["role"] | null = null;
  for (const { role, token } of tokens) {
    const isIt = await timingSafeEqual(given, token);
    if (isIt) found ??= role;
  }
  return found;
}
