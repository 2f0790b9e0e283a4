import type { Event, Reading } from "../../event.ts";
import { identifier, text, type JsonObject } from "../../json.ts";
import { personFrom } from "../person.ts";

export type AccountDetails = {
  of: "account";
  account: NonNullable<Event["actor"]> | null;
  oldUsername: string | null;
  /** The state of an account whose sign-in failed, such as `blocked`. */
  state: string | null;
};

/**
 * Accounts and their SSH keys (system hooks). A key itself is of no use to anyone in a channel and is
 * not read.
 *
 * @see https://docs.gitlab.com/administration/system_hooks/
 */
export function accountEvent(payload: JsonObject): Reading {
  const account = personFrom({
    username: payload["username"] ?? null,
    name: payload["name"] ?? payload["username"] ?? null,
  });
  const id = identifier(payload["user_id"]) ?? account?.username ?? null;
  return {
    title: account?.name ?? null,
    url: null,
    text: null,
    at: text(payload["updated_at"]) ?? text(payload["created_at"]),
    subject: id === null ? null : `account ${id}`,
    actor: null,
    status: text(payload["state"]),
    details: {
      of: "account",
      account,
      oldUsername: text(payload["old_username"]),
      state: text(payload["state"]),
    },
  };
}
