import type { Env } from "../../env.ts";
import type { GitlabAccess } from "../../gitlab/hooks-api/ask-gitlab.ts";
import { readSettings } from "../../settings.ts";

/** With what the Worker asks GitLab about webhooks; or a sentence that says what to set. */
export function gitlabHooksAccess(
  env: Env,
): { ok: true; access: GitlabAccess } | { ok: false; message: string } {
  const url = readSettings(env)
    .gitlabUrl.trim()
    .replace(/(?<!\/)\/+$/, "");
  if (!/^https?:$/.test(URL.parse(url)?.protocol ?? "")) {
    return {
      ok: false,
      message: "GITLAB_URL is not an address such as https://gitlab.example.com.",
    };
  }
  const token = env.GITLAB_API_TOKEN?.trim() ?? "";
  if (token === "") {
    return {
      ok: false,
      message:
        "GITLAB_API_TOKEN is not set, so GitLab cannot be asked about its webhooks. An access token with the scope read_api, of a Maintainer of the projects (or Owner of the groups), is enough to look; with the scope api they can be enabled here, too: npx wrangler secret put GITLAB_API_TOKEN.",
    };
  }
  return { ok: true, access: { url, token, tokenName: "GITLAB_API_TOKEN", followsReading: false } };
}
