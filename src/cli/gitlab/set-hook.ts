import type { HookFlag } from "../../gitlab/hook-events.ts";
import { Refusal } from "../terminal/refusal.ts";
import type { Place } from "../../gitlab/hooks-api/place.ts";
import type { GitlabApi } from "./gitlab-api.ts";
import type { Hook } from "../../gitlab/hooks-api/hook.ts";

/** What a hook is made with, or changed to. */
export type HookSettings = { [flag in HookFlag]?: boolean } & {
  url: string;
  name?: string;
  enable_ssl_verification?: boolean;
};

/** How GitLab shows that it is GitLab: by signing, or before version 19 by a plain token. */
export type Vouching = "signing_token" | "token";

const SIGNS_SINCE = 19;

/** Whether this GitLab signs webhooks; null: it does not say. */
export async function signs(api: GitlabApi): Promise<boolean | null> {
  try {
    const { version } = await api.ask<{ version?: unknown }>("/version");
    const major = Number.parseInt(String(version), 10);
    return Number.isNaN(major) ? null : major >= SIGNS_SINCE;
  } catch (error) {
    if (error instanceof Refusal && /forbidden|not_found/.test(error.code)) return null;
    throw error;
  }
}

/**
 * Makes a hook, or changes the one that is there, with this token: as signing token where GitLab
 * takes one, and then as nothing else; else as plain token.
 *
 * @see https://docs.gitlab.com/api/project_webhooks/ (`signing_token` since 19.0)
 */
export async function setHook(
  api: GitlabApi,
  place: Place,
  existing: Hook | null,
  settings: HookSettings,
  token: string,
  canSign: boolean | null,
): Promise<{ hook: Hook; vouching: Vouching }> {
  const path = existing === null ? place.hooks : `${place.hooks}/${existing.id}`;
  const method = existing === null ? "POST" : "PUT";
  const plain = existing?.token_present === true ? { token: "" } : {};
  const secret = canSign === false ? { token } : { signing_token: token, ...plain };
  const hook = await api.ask<Hook>(path, { method, body: { ...settings, ...secret } });
  if (canSign === false) return { hook, vouching: "token" };
  if (hook.signing_token_present === true) return { hook, vouching: "signing_token" };
  // It knows no signing tokens, or they are switched off there, and took no notice of this one.
  const body = { url: settings.url, token };
  const again = await api.ask<Hook>(`${place.hooks}/${hook.id}`, { method: "PUT", body });
  return { hook: again, vouching: "token" };
}
