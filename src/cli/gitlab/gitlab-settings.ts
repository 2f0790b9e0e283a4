import type { Context } from "../context.ts";
import { safeAddress } from "../network/safe-address.ts";

const GITLAB_COM = "https://gitlab.com";

/**
 * Which GitLab is asked, and with which token ("": none is known): as GITLAB_URL and GITLAB_TOKEN say. Where
 * neither is set and the Worker is the local one, it is the stand-in of `npm start`, by the Worker's own
 * settings (`local`); never another GitLab that may stand there.
 */
export function gitlabSettings(
  env: Context["env"],
  isLocalWorker: boolean,
  local: (name: string) => string | undefined,
): { url: string; token: string } {
  const given = { url: env["GITLAB_URL"] || GITLAB_COM, token: env["GITLAB_TOKEN"] ?? "" };
  if (env["GITLAB_URL"] || env["GITLAB_TOKEN"] || !isLocalWorker) return given;
  const standIn = safeAddress(local("GITLAB_URL") ?? "");
  const token = local("GITLAB_API_TOKEN") ?? "";
  if (!standIn.ok || !standIn.value.isLocal || token === "") return given;
  return { url: standIn.value.url, token };
}
