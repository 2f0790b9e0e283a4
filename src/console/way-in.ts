import type { AccessSettings } from "../access-settings.ts";
import type { Env } from "../env.ts";
import { readSettings } from "../settings.ts";
import type { Visitor } from "./visitor.ts";

/** A token that opens the console, and what its holder may do. */
export type RoleToken = { role: Visitor["role"]; token: string };

/** How somebody gets into the console: one way at a time, and none while the settings do not say which. */
export type WayIn =
  | Extract<AccessSettings, { state: "on" }>
  | { state: "token"; tokens: RoleToken[] }
  | { state: "closed"; reason: "access_unusable" | "nothing_set" };

/** The way in that the settings open. Access that is set by half closes the console: it was meant to be guarded. */
export function wayIn(env: Env): WayIn {
  const { access } = readSettings(env);
  switch (access.state) {
    case "on":
      return access;
    case "unusable":
      return { state: "closed", reason: "access_unusable" };
    case "off": {
      const tokens = roleTokens(env);
      return tokens.length === 0
        ? { state: "closed", reason: "nothing_set" }
        : { state: "token", tokens };
    }
  }
}

/** The tokens that are set. The editor's first: it may do more, should both be the same. */
export function roleTokens(env: Env): RoleToken[] {
  const tokens: RoleToken[] = [
    { role: "edit", token: env.ADMIN_TOKEN ?? "" },
    { role: "view", token: env.VIEWER_TOKEN ?? "" },
  ];
  return tokens.filter(({ token }) => token !== "");
}
