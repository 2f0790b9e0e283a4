import { destinationKey } from "../../mappings/destination-key.ts";
import type { Destination } from "../../mappings/schema.ts";
import type { Finding } from "../finding.ts";
import type { Draft } from "../draft.ts";

/** Destinations that are one place in Slack: each keeps Slack's pace as if it were alone. */
export function sharedTargets({ destinations }: Draft): Finding[] {
  const first = new Map<string, string>();
  return [...destinations].flatMap(([name, destination]): Finding[] => {
    if (destination === null) return [];
    const address = addressOf(destination);
    const other = first.get(address);
    if (other === undefined) first.set(address, name);
    if (other === undefined) return [];
    return [
      {
        key: destinationKey(name),
        path: destination.type === "channel" ? "channel" : "url",
        severity: "warning",
        code: "shared-target",
        message: `destination/${other} posts to the same place. Each has a pace and pauses of its own, and an event that reaches both is told there twice. Use one of them.`,
      },
    ];
  });
}

/** Destinations that several top-level groups use: pace and pauses hold within each of them only. */
export function sharedAcrossGroups({ destinations, mappings }: Draft): Finding[] {
  const groups = new Map<string, Set<string>>();
  for (const { source, path, rules } of mappings) {
    if (source === "slack" || path === "*") continue;
    for (const name of rules.flatMap(({ to }) => to)) {
      const known = groups.get(name) ?? new Set();
      groups.set(name, known.add(path.split("/", 1)[0] ?? path));
    }
  }
  return [...destinations].flatMap(([name, destination]): Finding[] => {
    const using = [...(groups.get(name) ?? [])];
    if (using.length < 2 || destination === null) return [];
    return [
      {
        key: destinationKey(name),
        path: destination.limit === undefined ? "" : "limit",
        severity: "warning",
        code: "shared-across-groups",
        message: `${using.join(" and ")} both send there, and its limit and pauses hold for each of them alone. Together they may ask more of Slack than it takes; then Slack says how long to wait, and nothing is lost.`,
      },
    ];
  });
}

function addressOf(destination: Destination): string {
  return destination.type === "channel" ? destination.channel : destination.url;
}
