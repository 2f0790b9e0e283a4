import type { MiddlewareHandler } from "hono";

import { DEFAULT_DELAY_MS, type Door, faultNamed, type FaultOrder } from "./faults.ts";
import type { SlackContext, SlackEnv } from "./slack-env.ts";
import type { Workspace } from "./workspace.ts";

type Cut = (c: SlackContext) => Response | Promise<Response>;

/** Keeps the list of requests, and carries out the fault that is set for this one's path. */
export function misbehave(
  workspace: Workspace,
  cut: Cut = cutConnection,
): MiddlewareHandler<SlackEnv> {
  return async (c, next) => {
    const order = workspace.faults.take(c.req.path);
    const answered = workspace.arrived({
      method: c.req.method,
      path: withoutSecret(c.req.path),
      fault: order?.fault ?? null,
    });
    try {
      if (order === undefined) await next();
      else await carryOut(order, c, next, cut);
    } catch (error) {
      answered({ status: 0, error: null });
      throw error;
    }
    const isCut = c.res.headers.has(ALREADY_SENT);
    answered(
      isCut ? { status: 0, error: null } : { status: c.res.status, error: await errorOf(c.res) },
    );
  };
}

async function carryOut(
  order: FaultOrder,
  c: SlackContext,
  next: () => Promise<void>,
  cut: Cut,
): Promise<void> {
  const fault = faultNamed(order.fault);
  const door = doorOf(c.req.path);
  switch (fault.how) {
    case "refuse":
      c.res = fault.answer[door](order);
      return;
    case "accept":
      await next();
      c.res = undefined;
      c.res = fault.answer[door](order);
      return;
    case "cut":
      if (fault.stored) await next();
      c.res = undefined;
      c.res = await cut(c);
      return;
    case "hang":
      await untilAborted(c.req.raw.signal);
      return;
    case "delay":
      await new Promise((resolve) => setTimeout(resolve, order.delayMs ?? DEFAULT_DELAY_MS));
      await next();
      return;
  }
}

/** The Web API says what is wrong in a 200, the others in their own words after a status that is not. */
async function errorOf(response: Response): Promise<string | null> {
  const body = await response.clone().text();
  const error = /^\{"ok":false,"error":"(\w+)"/.exec(body)?.[1];
  return error ?? (response.ok ? null : body.slice(0, 80));
}

/** What @hono/node-server reads as "the connection is taken care of": nothing is written to it. */
const ALREADY_SENT = "x-hono-already-sent";

/** On Node the socket goes; where a `fetch` calls the app directly, it fails with the words workerd has for it. */
function cutConnection(c: SlackContext): Response {
  const outgoing = c.env?.outgoing;
  if (outgoing === undefined) throw new TypeError("Network connection lost.");
  outgoing.destroy();
  return new Response(null, { headers: { [ALREADY_SENT]: "true" } });
}

/** Never resolves: only the caller's own patience ends it. */
function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const abort = () =>
      reject(signal.reason instanceof Error ? signal.reason : new Error("aborted"));
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort, { once: true });
  });
}

function doorOf(path: string): Door {
  if (path.startsWith("/api/")) return "api";
  return /^\/(triggers|workflows)\//.test(path) ? "trigger" : "webhook";
}

/** The last segment of a hook's URL is a password, and this list is looked at over shoulders. */
export function withoutSecret(path: string): string {
  return path.startsWith("/api/") ? path : path.replace(/(?<![^/])[^/]+$/, "…");
}
