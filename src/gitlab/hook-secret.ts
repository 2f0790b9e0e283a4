import { createHmac } from "node:crypto";

/**
 * The secret of one hook, derived so that nothing has to be stored: a leaked one can only speak
 * for its own path. `path` is the percent-decoded path of the hook's URL behind
 * `/gitlab/webhooks/`, case kept, without slashes at its ends. The result has the form of a GitLab
 * signing token: `whsec_` and base64 of 32 bytes.
 */
export function deriveHookSecret(masterSecret: string, path: string): string {
  return `whsec_${createHmac("sha256", masterSecret).update(path).digest("base64")}`;
}
