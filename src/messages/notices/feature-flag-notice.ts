import type { Event } from "../../event.ts";
import { notice, type Notice } from "../notice.ts";
import { link, say } from "../phrase.ts";
import { facts } from "./facts.ts";
import { where } from "./where.ts";
import { who } from "./who.ts";

/** Feature flags: on or off. */
export function featureFlagNotice(event: Event): Notice {
  const flag = link(event.url, event.title ?? "without a name");
  return notice(say`${who(event)} turned ${event.action} feature flag ${flag}${where(event)}`, {
    facts: facts(event.text === null ? null : say`${event.text}`),
  });
}
