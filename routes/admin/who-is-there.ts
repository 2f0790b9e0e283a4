import type { Context } from "hono";
import type { Closed } from "../../src/console/closed-page.tsx";
import type { Session } from "../../src/console/session.ts";
import type { Visitor } from "../../src/console/visitor.ts";
import { wayIn, type RoleToken } from "../../src/console/way-in.ts";
import { accessVisitor } from "./access-visitor.ts";
import type { AdminEnv } from "./create-admin.ts";
import { sessionOf } from "./session-cookie.ts";

/** Who asks: somebody who is in, somebody who could sign in with a token, or nobody who could get in. */
export type Caller =
  | { state: "in"; visitor: Visitor; session: Session | null }
  | { state: "out"; tokens: RoleToken[]; ended: boolean }
  | { state: "closed"; why: Closed };

/** Looks at the request in the one way that the settings open. */
export async function whoIsThere(c: Context<AdminEnv>, now: number): Promise<Caller> {
  const way = wayIn(c.env);
  switch (way.state) {
    case "closed":
      return { state: "closed", why: way.reason };
    case "on": {
      const { visitor, refused } = await accessVisitor(c, way, now);
      return visitor === null
        ? { state: "closed", why: refused }
        : { state: "in", visitor, session: null };
    }
    case "token": {
      const { protocol, hostname } = new URL(c.req.url);
      if (protocol !== "https:" && !LOOPBACK.test(hostname)) {
        return { state: "closed", why: "not_https" };
      }
      const { tokens } = way;
      const cookie = await sessionOf(c, tokens, now);
      if (cookie.state !== "open") return { state: "out", tokens, ended: cookie.state === "ended" };
      const { session } = cookie;
      const { name, role } = session;
      return { state: "in", visitor: { name, role, how: "token" }, session };
    }
  }
}

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;
