import { Hono } from "hono";

import { readArguments } from "./read-arguments.ts";
import type { SlackEnv } from "./slack-env.ts";
import { missingScope } from "./missing-scope.ts";
import type { People } from "./people.ts";
import { METHODS, READING_METHODS } from "./web-api-methods.ts";
import type { Workspace } from "./workspace.ts";

/**
 * The Web API's methods that Causeway calls. Its status is 200 whatever happens, rate limits and outages aside: `ok` and
 * `error` in the body say how it went (docs.slack.dev, "Using the Slack Web API").
 */
export function webApi(
  workspace: Workspace,
  people: People,
  tokens?: readonly string[],
): Hono<SlackEnv> {
  const app = new Hono<SlackEnv>();

  app.on(["GET", "POST"], "/:method", async (c) => {
    const name = c.req.param("method");
    const method = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
    if (method === undefined) return c.json({ ok: false, error: "unknown_method" });
    if (c.req.method === "GET" && !READING_METHODS.has(name)) {
      return c.json({ ok: false, error: "method_not_supported_for_channel_type" });
    }
    const args = await readArguments(c.req.raw);
    if (args === undefined) return c.json({ ok: false, error: "invalid_json" });
    const refused = refusal(tokenOf(c.req.header("authorization"), args["token"]), tokens);
    if (refused !== undefined) return c.json({ ok: false, error: refused });

    const provided = [...workspace.scopes].join(",");
    c.header("x-oauth-scopes", provided);
    const needed = missingScope(workspace, name, args);
    if (needed !== undefined)
      return c.json({ ok: false, error: "missing_scope", needed, provided });

    const isJson = c.req.header("content-type")?.startsWith("application/json") ?? false;
    return c.json(method({ workspace, people, args, isJson, path: c.req.path }));
  });
  return app;
}

function tokenOf(header: string | undefined, argument: unknown): string {
  const bearer = /^Bearer (.+)$/i.exec(header ?? "")?.[1];
  return bearer ?? (typeof argument === "string" ? argument : "");
}

function refusal(token: string, tokens: readonly string[] | undefined): string | undefined {
  if (token === "") return "not_authed";
  const isGood = tokens === undefined ? token.startsWith("xoxb-") : tokens.includes(token);
  return isGood ? undefined : "invalid_auth";
}
