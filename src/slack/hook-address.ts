import { secretNamed, type Env } from "../env.ts";

/** A usable address, or what is wrong with it and what to do. The address itself is never said. */
export type HookAddress =
  | { ok: true; url: string }
  | { ok: false; code: string; said: string; fix: string };

/**
 * The address of a workflow trigger or incoming webhook: the value itself, or the Worker secret
 * that `secret:NAME` names. Only Slack's origins are ever called, whatever a mapping says.
 */
export function hookAddress(url: string, origins: string[], env: Env): HookAddress {
  const name = /^secret:(.+)$/.exec(url)?.[1];
  const address = name === undefined ? url : secretNamed(env, name);
  if (address === null) {
    return {
      ok: false,
      code: "secret_missing",
      said: `the Worker has no secret ${name}`,
      fix: `Set it to the URL from Slack: npx wrangler secret put ${name}.`,
    };
  }
  const parsed = URL.parse(address);
  if (parsed === null) {
    return {
      ok: false,
      code: "url_unusable",
      said: `${name === undefined ? "the url" : `the secret ${name}`} is not a URL`,
      fix: "Copy the whole URL from Slack again.",
    };
  }
  const { origin } = parsed;
  if (!origins.includes(origin)) {
    return {
      ok: false,
      code: "origin_not_allowed",
      said: `the origin ${origin} is not one of SLACK_HOOK_ORIGINS (${origins.join(", ")})`,
      fix: "Use a URL that Slack gave you, or add the origin to SLACK_HOOK_ORIGINS in wrangler.toml.",
    };
  }
  if (parsed.username !== "" || parsed.password !== "") {
    return {
      ok: false,
      code: "url_unusable",
      said: `${name === undefined ? "the url" : `the secret ${name}`} has a name or a password in it, which no URL of Slack's has`,
      fix: "Copy the whole URL from Slack again.",
    };
  }
  return { ok: true, url: address };
}
