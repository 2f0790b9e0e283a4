import { destinationKey } from "../../mappings/destination-key.ts";
import { isReservedDestination } from "../../mappings/address.ts";
import { suggestion } from "../../mappings/suggestion.ts";
import type { Finding } from "../finding.ts";
import { inList } from "../in-list.ts";
import type { Draft } from "../draft.ts";

/** Rules that name a destination for which there is no document: what they send would wait. */
export function unknownDestinations({ mappings, destinations }: Draft): Finding[] {
  const known = [...destinations.keys()];
  return mappings.flatMap(({ key, source, rules }) =>
    rules.flatMap(({ at, rule, to }) =>
      to.flatMap((name): Finding[] => {
        if (destinations.has(name) || isReservedDestination(name)) return [];
        const meant =
          suggestion(name, known) ||
          (source === "slack"
            ? suggestion(name, ["thread", "ephemeral", "dm", "gitlab_issue"])
            : "");
        return [
          {
            key,
            path: inList(`${at}.to`, rule.to, name),
            severity: "error",
            code: "unknown-destination",
            message: `there is no destination/${name}.${meant} What is sent there would wait until there is one.`,
          },
        ];
      }),
    ),
  );
}

/** Destinations that no rule names. `ALERTS_TO` may name one; null: nobody knows what it says. */
export function unusedDestinations(
  { destinations, named }: Draft,
  alertsTo: string[] | null,
): Finding[] {
  return [...destinations.keys()].flatMap((name): Finding[] => {
    if (named.has(name) || alertsTo?.includes(name) || /alert/i.test(name)) return [];
    return [
      {
        key: destinationKey(name),
        path: "",
        severity: "warning",
        code: "unused-destination",
        message:
          alertsTo === null
            ? `no rule names it. Unless ALERTS_TO does (causeway lint --alerts-to ${name}), nothing is ever sent there.`
            : "no rule sends here yet.",
      },
    ];
  });
}

/** Destinations whose address stands there for everybody who can read it. */
export function addressesInClear({ destinations }: Draft): Finding[] {
  return [...destinations].flatMap(([name, destination]): Finding[] => {
    if (destination === null || destination.type === "channel") return [];
    if (destination.url.startsWith("secret:")) return [];
    const secret = `${name.toUpperCase().replace(/[^A-Z0-9]+/g, "_")}_URL`;
    return [
      {
        key: destinationKey(name),
        path: "url",
        severity: "warning",
        code: "address-in-clear",
        message: `whoever can read this can post with it: the address is a credential. Keep it as a secret of the Worker (npx wrangler secret put ${secret}), and write url: secret:${secret} here.`,
      },
    ];
  });
}
