import type { Context } from "hono";
import { getCookie } from "hono/cookie";
import type { AccessSettings } from "../../src/access-settings.ts";
import { readAssertion } from "../../src/console/access-assertion.ts";
import { mayEdit } from "../../src/console/may-edit.ts";
import type { Visitor } from "../../src/console/visitor.ts";
import { inTime } from "../../src/in-time.ts";
import { warn } from "../../src/log.ts";
import type { AdminEnv } from "./create-admin.ts";

type Access = Extract<AccessSettings, { state: "on" }>;
type Refused = "access_only" | "access_refused" | "access_unreachable";

const PATIENCE_MS = 5_000;

/** Whom Cloudflare Access lets in: the platform says so, or the assertion that Access signed. */
export async function accessVisitor(
  c: Context<AdminEnv>,
  access: Access,
  now: number,
): Promise<{ visitor: Visitor; refused?: never } | { visitor: null; refused: Refused }> {
  const email = await platformEmail(c, access);
  if (email !== null) return { visitor: visitorOf(email, access) };
  const token = c.req.header("cf-access-jwt-assertion") ?? getCookie(c, "CF_Authorization");
  if (token === undefined) return { visitor: null, refused: "access_only" };
  const read = await readAssertion(token, access, now);
  return read.ok
    ? { visitor: visitorOf(read.name, access) }
    : { visitor: null, refused: read.reason };
}

function visitorOf(name: string, { editors }: Access): Visitor {
  return { name, role: mayEdit(name, editors) ? "edit" : "view", how: "access" };
}

/**
 * The address of whom Access authenticated for this Worker; null where the platform does not say, as for
 * service tokens.
 * @see https://developers.cloudflare.com/workers/runtime-apis/context/#access
 */
async function platformEmail(c: Context<AdminEnv>, { audiences }: Access): Promise<string | null> {
  // Hono's own type of the context does not know of Access.
  const { access } = executionOf(c);
  if (access === undefined || !audiences.includes(access.aud)) return null;
  try {
    const identity = await inTime(PATIENCE_MS, access.getIdentity());
    return identity?.email || null;
  } catch (error) {
    warn("access_identity_unreachable", { error: String(error) });
    return null;
  }
}

function executionOf(c: Context<AdminEnv>): Pick<ExecutionContext, "access"> {
  return c.executionCtx as Pick<ExecutionContext, "access">;
}
