import { isReservedDestination } from "../../mappings/address.ts";
import { CHANNEL_ID, MAX_VARIABLE_NAME, MAX_VARIABLES } from "../../mappings/schema.ts";
import { note, type Draft, type DraftDestination, type Remark } from "./draft.ts";
import { slug } from "./slug.ts";

/** Stands where the id of a channel has to be filled in; no channel has it. */
export const UNKNOWN_CHANNEL = "C0000000000";

/**
 * The name of the destination for a workflow or incoming webhook, which is made where there is none for
 * its address yet. The address itself stays in the export: `whereItIs` says where.
 */
export function hookDestination(
  draft: Draft,
  hook: {
    type: "workflow" | "webhook";
    address: string;
    title: string;
    from: string;
    variables: string[];
    whereItIs: string;
  },
): DraftDestination {
  const variables = declarable(draft, hook.from, hook.variables);
  const known = draft.destinations.get(hook.address);
  if (known?.destination.type === "workflow") {
    const all = [...new Set([...(known.destination.variables ?? []), ...variables])];
    known.destination.variables = declarable(draft, hook.from, all);
    return known;
  }
  if (known !== undefined) return known;
  const name = freeName(draft, slug(hook.title) || `slack-${hook.type}`);
  const secret = `${name
    .replace(/^(?=\d)/, "slack-")
    .replaceAll("-", "_")
    .toUpperCase()}_URL`;
  const url = `secret:${secret}`;
  const made: DraftDestination = {
    name,
    from: hook.from,
    destination:
      hook.type === "workflow" ? { type: "workflow", url, variables } : { type: "webhook", url },
    remarks: [
      {
        kind: "todo",
        at: "url",
        message: `Set the secret ${secret} with: npx wrangler secret put ${secret} (${hook.whereItIs})`,
      },
    ],
  };
  draft.destinations.set(hook.address, made);
  return made;
}

/** The name of the destination for a channel or person; a `channel` that is no id becomes one to fill in. */
export function channelDestination(
  draft: Draft,
  { channel, title, from }: { channel: string; title: string; from: string },
): DraftDestination {
  const isId = CHANNEL_ID.test(channel);
  const address = isId ? channel : `channel ${channel}`;
  const known = draft.destinations.get(address);
  if (known !== undefined) return known;
  const remarks: Remark[] = isId
    ? [{ kind: "todo", at: "channel", message: "Invite the bot to this channel." }]
    : [
        {
          kind: "todo",
          at: "channel",
          message: `Put the id of the channel ${JSON.stringify(channel)} here (in Slack: channel details, at the bottom), and invite the bot to it.`,
        },
      ];
  const made: DraftDestination = {
    name: freeName(draft, slug(title) || "slack-channel"),
    from,
    destination: { type: "channel", channel: isId ? channel : UNKNOWN_CHANNEL },
    remarks: /^[UW]/.test(channel) ? [] : remarks,
  };
  draft.destinations.set(address, made);
  return made;
}

/** What a workflow can declare of these names; the rest is noted. */
function declarable(draft: Draft, from: string, names: string[]): string[] {
  const usable = names.filter((name) => name.length > 0 && name.length <= MAX_VARIABLE_NAME);
  const kept = usable.slice(0, MAX_VARIABLES);
  const lost = names.filter((name) => !kept.includes(name));
  if (lost.length > 0) {
    note(
      draft,
      "lost",
      from,
      `A Slack workflow takes ${MAX_VARIABLES} variables with names of 1 to ${MAX_VARIABLE_NAME} characters; these are left out: ${lost.map((name) => JSON.stringify(name.slice(0, MAX_VARIABLE_NAME))).join(", ")}.`,
    );
  }
  return kept;
}

function freeName(draft: Draft, wanted: string): string {
  const taken = new Set([...draft.destinations.values()].map(({ name }) => name));
  const isFree = (name: string): boolean => !taken.has(name) && !isReservedDestination(name);
  if (isFree(wanted)) return wanted;
  for (let count = 2; ; count += 1) {
    const name = `${wanted}-${count}`;
    if (isFree(name)) return name;
  }
}
