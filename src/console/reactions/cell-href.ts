import { EVERY_CHANNEL } from "../../operations/reactions/reaction-matrix.ts";
import type { Occasion } from "../../operations/reactions/occasion.ts";

/** What ids of channels are called, as far as it is known. */
export type ChannelNames = ReadonlyMap<string, string>;

/** The page of what happens on an occasion in a channel. */
export function cellHref(channel: string, { kind, name, type }: Occasion): string {
  const what =
    kind === "reaction" ? `emoji=${encodeURIComponent(name)}` : `on=${encodeURIComponent(type)}`;
  return `/admin/reactions?channel=${encodeURIComponent(channel)}&${what}`;
}

/** The page of all that is answered in a channel. */
export function channelHref(channel: string): string {
  return `/admin/reactions?channel=${encodeURIComponent(channel)}`;
}

/** A rule in the editor. */
export function editorHref(channel: string, rule?: string): string {
  const at = rule === undefined ? "" : `&rule=${encodeURIComponent(rule)}`;
  return `/admin/documents?key=${encodeURIComponent(`mapping/slack/${channel}`)}${at}`;
}

/** "every channel", "#outages", or the id. */
export function channelInWords(channel: string, names: ChannelNames): string {
  if (channel === EVERY_CHANNEL) return "every channel";
  const name = names.get(channel);
  return name === undefined ? channel : `#${name}`;
}
