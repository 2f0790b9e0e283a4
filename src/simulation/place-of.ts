import type { Target } from "../mappings/address.ts";

/** Where a message goes, as it may be shown. */
export type Place = {
  type: Target["type"];
  /** The Slack channel, as far as it is known. */
  channel: string | null;
  /** The member, of what only one person sees. */
  user: string | null;
  /** The project, of an issue. */
  project: string | null;
  /** The name of the secret that holds the URL. A URL itself is a password, and is never shown. */
  secret: string | null;
};

/** Where a target is. */
export function placeOf(target: Target): Place {
  const nowhere = { channel: null, user: null, project: null, secret: null };
  switch (target.type) {
    case "workflow":
    case "webhook":
      return {
        ...nowhere,
        type: target.type,
        channel: target.channel ?? null,
        secret: target.url.startsWith("secret:") ? target.url : null,
      };
    case "channel":
    case "thread":
      return { ...nowhere, type: target.type, channel: target.channel };
    case "ephemeral":
      return { ...nowhere, type: target.type, channel: target.channel, user: target.user };
    case "dm":
      return { ...nowhere, type: target.type, user: target.user };
    case "gitlab_issue":
      return { ...nowhere, type: target.type, project: target.project };
  }
}
