import { destinationKey } from "../mappings/destination-key.ts";
import type { Env } from "../env.ts";
import { parseDestination } from "../mappings/parse-document.ts";
import { sayProblems } from "../mappings/problems.ts";
import type { Destination } from "../mappings/schema.ts";
import { readSettings } from "../settings.ts";
import { slackApi } from "../slack/call-slack.ts";
import { hookAddress } from "../slack/hook-address.ts";
import { checkChannel } from "./check-channel.ts";
import { checked, error, warning, type Busy, type Check, type Finding } from "./check.ts";
import { pauses } from "./pauses.ts";

/**
 * Whether a destination can take messages: its document, its address, its channel; and, as a fact, whether
 * it is paused. `text` is the document; null: there is none. The address itself is never said.
 */
export async function checkDestination(
  env: Env,
  name: string,
  text: string | null,
): Promise<Check | Busy> {
  const key = destinationKey(name);
  if (text === null) {
    const fix = `Publish ${key}, or correct the name where rules say it.`;
    return checked(name, {}, [error("destination_missing", `There is no ${key}.`, fix)]);
  }
  const read = parseDestination(key, text);
  if (!read.ok) {
    const message = `${key} cannot be used: ${sayProblems(read.problems)}`;
    const fix = 'Correct it; "causeway lint" checks it before "causeway push" publishes it.';
    return checked(name, {}, [error("document_unusable", message, fix)]);
  }
  const destination = read.value;
  const slack = slackApi(env, readSettings(env));
  const channel =
    destination.channel === undefined
      ? null
      : await checkChannel(
          slack,
          destination.channel,
          destination.type === "channel" ? "posts" : "shows",
          destination.confidential === true,
        );
  if (channel !== null && "busy" in channel) return channel;
  const paused = (await pauses(env)).filter((pause) => pause.destination === name);
  return checked(
    name,
    {
      type: destination.type,
      channel: destination.channel ?? null,
      confidential: destination.confidential === true,
      ...channel?.facts,
      paused: paused.length > 0,
    },
    // Why it is paused is said where deliveries are looked at, and is often the same.
    [...addressFindings(destination, env), ...(channel?.findings ?? [])],
  );
}

function addressFindings(destination: Destination, env: Env): Finding[] {
  if (destination.type === "channel") return [];
  const address = hookAddress(destination.url, readSettings(env).hookOrigins, env);
  if (!address.ok) {
    return [error(address.code, `It cannot be reached: ${address.said}.`, address.fix)];
  }
  return destination.url.startsWith("secret:")
    ? []
    : [
        warning(
          "address_in_document",
          "Its address stands in the document: whoever reads that can post there.",
          "Set the address as a secret (npx wrangler secret put NAME) and write url: secret:NAME.",
        ),
      ];
}
