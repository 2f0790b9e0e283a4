import { relayNameFor } from "../../gitlab/event-path.ts";
import { allRelays, findRelay } from "../../relay/all-relays.ts";

/** Events of Slack's belong to a channel, whose workspace its id does not say. */
const CHANNEL = /^[CGD][A-Z0-9]{8,}$/;

/** The Relays that may know something of a project, group or channel; without one all. */
export async function relaysOfProject(
  env: Parameters<typeof allRelays>[0],
  project: string | undefined,
): ReturnType<typeof allRelays> {
  if (project === undefined || CHANNEL.test(project)) return await allRelays(env);
  const name = relayNameFor(project);
  const relay = await findRelay(env, name);
  return relay === null ? [] : [{ name, relay }];
}
