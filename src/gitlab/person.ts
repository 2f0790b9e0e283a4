import type { Person } from "../event.ts";
import { object, text, type Json, type JsonObject } from "../json.ts";

/** Names that GitLab gives to bots (`project_12_bot_ab3`), and the usual habits of people. */
const BOT =
  /(^|[-_.\s])bot([-_.\s\d]|$)|\[bot\]$|^service_account_|^gitlab[- ]?duo|^(dependabot|renovate)$/i;

/** A person from one of GitLab's user objects, or null when it names nobody. */
export function personFrom(value: Json | undefined): Person | null {
  const user = object(value);
  const username = text(user["username"]);
  const name = text(user["name"]) ?? username;
  return name === null ? null : { username, name, bot: BOT.test(username ?? name) };
}

/** Who did it: `user`, or the flat fields that pushes have instead. */
export function actorOf(payload: JsonObject): Person | null {
  return (
    personFrom(payload["user"]) ??
    personFrom({
      username: payload["user_username"] ?? null,
      name: payload["user_name"] ?? payload["user_username"] ?? null,
    })
  );
}

/** Who wrote it, when a body has the person beside the id; GitLab sends only `author_id`. */
export function authorOf(payload: JsonObject): Person | null {
  const id = object(payload["object_attributes"])["author_id"];
  if (id === null || id === undefined) return null;
  const known = [payload["user"], payload["assignees"], payload["reviewers"]].flat();
  return personFrom(known.find((user) => object(user)["id"] === id));
}
