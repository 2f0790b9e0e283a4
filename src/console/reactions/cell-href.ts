import type { SlackOccasion } from "../../operations/reactions/occasion.ts";
import { inAddress } from "../in-address.ts";

/** The page of what happens on an occasion in a channel. */
export function cellHref(channel: string, { kind, name, type }: SlackOccasion): string {
  const what = kind === "reaction" ? `emoji=${inAddress(name)}` : `on=${inAddress(type)}`;
  return `/admin/reactions?channel=${inAddress(channel)}&${what}`;
}

/** The page of all that is answered in a channel. */
export function channelHref(channel: string): string {
  return `/admin/reactions?channel=${inAddress(channel)}`;
}
