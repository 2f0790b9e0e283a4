import { flagsOf, type HookNeeds } from "../../gitlab/hook-events.ts";
import { isWithin } from "../../gitlab/event-path.ts";
import type { PlacedHook } from "../../gitlab/hooks-api/hooks-at.ts";
import type { Finding } from "./finding.ts";
import { hookTarget } from "../../gitlab/hooks-api/hook-target.ts";
import type { HooksCommand } from "./hooks-command.ts";

/**
 * What can be said of one hook by how it is set up. `needs` are those of its place, null where the
 * rules are not known; `worker` is the Worker's address.
 */
export function examineHook(
  { place, hook }: PlacedHook,
  needs: HookNeeds | null,
  worker: string,
  command: HooksCommand,
): Finding[] {
  const target = hookTarget(hook.url, worker);
  const create = command("create", place.path);
  const byHand = `In GitLab: ${place.page}/${hook.id}/edit`;
  const found: Finding[] = [];
  const add = (
    level: Finding["level"],
    code: string,
    message: string,
    fix: string,
    toType: string | null = null,
  ) => found.push({ level, code, path: place.path, hook: hook.id, message, fix, command: toType });

  if (target.to === "others") return [];
  if (target.to === "elsewhere") {
    const message = `it sends to ${target.host}, where a Causeway seems to be that is not this one`;
    add("warning", "other_worker", message, `If that one is gone, delete this webhook. ${byHand}`);
    return found;
  }
  if (target.path === null) {
    const message = "it has the address that all webhooks share, so its token speaks for all paths";
    add(
      "note",
      "shared_address",
      message,
      "Make one with a token of its own, then delete this.",
      create,
    );
  } else if (!isWithin(place.path, target.path)) {
    const message = `its URL is for ${target.path}, so everything it sends is refused (403)`;
    add("error", "wrong_path", message, "Give it the path of today.", create);
  } else if (!isWithin(target.path, place.path)) {
    const message = `its URL is for all of ${target.path}, so its token speaks for more than it has to`;
    add("note", "wide_path", message, "Make one for this path, then delete this.", create);
  }
  const isSecure = worker.startsWith("https:");
  if (!target.encrypted && isSecure) {
    add(
      "error",
      "not_encrypted",
      "its URL is http: anybody on the way can read it",
      "Make it https.",
      create,
    );
  }
  if (!hook.enable_ssl_verification) {
    const message = target.encrypted
      ? "SSL verification is off: whoever is on the way can pose as the Worker"
      : "SSL verification is off; its URL is http, where it counts for nothing, but it will when it is https";
    const level = target.encrypted || isSecure ? "warning" : "note";
    add(level, "tls_verification_off", message, "Switch it on.", create);
  }
  if (hook.signing_token_present === false) {
    if (hook.token_present === true) {
      const message = "it shows a plain token, where this GitLab could sign";
      add("warning", "plain_token", message, "Give it a signing token.", create);
    } else {
      const message = "it has no token, so everything it sends is refused (401)";
      add("error", "no_token", message, "Give it one.", create);
    }
  }
  if (hook.push_events === true && isFiltered(hook)) {
    const message = `it sends pushes of ${hook.push_events_branch_filter} only`;
    add("note", "branch_filter", message, `Rules on push hear of no other branch. ${byHand}`);
  }
  if (hook.custom_webhook_template) {
    const message = "it has a custom template, so rules may not recognise what it sends";
    add("warning", "custom_template", message, `Empty the template. ${byHand}`);
  }
  const needless =
    needs === null
      ? []
      : flagsOf(place.owner).filter((flag) => hook[flag] === true && !needs.flags.has(flag));
  if (needless.length > 0) {
    const message = `no rule needs what it sends with ${needless.join(", ")}`;
    add("note", "needless_events", message, "Switch it off.", create);
  }
  return found;
}

function isFiltered({
  push_events_branch_filter: filter,
  branch_filter_strategy: strategy,
}: PlacedHook["hook"]): boolean {
  return Boolean(filter) && strategy !== "all_branches";
}
