import type { Event } from "../../event.ts";
import { own } from "../../json.ts";
import type { NamespaceDetails } from "../../gitlab/kinds/namespace.ts";
import { notice, type Notice } from "../notice.ts";
import { bold, code, list, say } from "../phrase.ts";
import { facts } from "./facts.ts";
import { capital } from "../../words/capital.ts";
import { spoken } from "./spoken.ts";

const DONE: Record<string, string> = {
  create: "was created",
  destroy: "was deleted",
  rename: "was renamed",
  transfer: "was moved",
  update: "was changed",
};

/** Projects and groups that come, go, and change their names; GitLab does not say who did it. */
export function namespaceNotice(event: Event, details: NamespaceDetails): Notice {
  const done = own(DONE, event.action) ?? spoken(event.action);
  const kind = spoken(event.kind);
  const { path, oldPath, owners, visibility } = details;
  return notice(say`${capital(kind)} ${bold(path ?? event.title ?? "")} ${done}`, {
    facts: facts(
      oldPath === null ? null : say`it was ${code(oldPath)}`,
      visibility === null ? null : say`${visibility}`,
      owners.length === 0 ? null : say`owned by ${list(owners.slice(0, 3).map(bold))}`,
    ),
  });
}
