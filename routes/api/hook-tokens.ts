import { isUsablePath } from "../../src/gitlab/event-path.ts";
import { hookPathOf, hookUrl } from "../../src/gitlab/hook-path.ts";
import { deriveHookSecret } from "../../src/gitlab/hook-secret.ts";
import { readSettings } from "../../src/settings.ts";
import { http, problem } from "../http.ts";
import type { HookTokenAnswer } from "./openapi/hook-answers.ts";

/**
 * `POST /hook-tokens {path}`: the token of one hook, derived from the first master secret, so that
 * nobody needs that one on a laptop. `secrets` is how many master secrets are good at the moment.
 */
export const hookTokens = http.createApp().post("/", async (c) => {
  const body: unknown = await c.req.json().catch(() => null);
  const { HookTokenRequest } = await import("./hook-token-request.ts");
  const given = HookTokenRequest.safeParse(body);
  const path = given.success ? hookPathOf(given.data.path) : null;
  if (path === null || !isUsablePath(path)) {
    return problem(
      c,
      400,
      "bad_path",
      'Expected {"path": "<group or project path>"}, such as "my-group/my-project".',
      "path",
    );
  }
  const { masterSecrets } = readSettings(c.env);
  const [first] = masterSecrets;
  if (first === undefined) {
    return problem(
      c,
      400,
      "no_master_secret",
      "HOOK_MASTER_SECRETS is not set, so no hook can have a token of its own. Set it to long random text: npx wrangler secret put HOOK_MASTER_SECRETS.",
    );
  }
  const { origin } = new URL(c.req.url);
  return c.json({
    path,
    url: hookUrl(origin, path),
    token: deriveHookSecret(first, path),
    secrets: masterSecrets.length,
  } satisfies HookTokenAnswer);
});
