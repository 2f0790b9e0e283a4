import type { Env } from "../../env.ts";
import type { PublishAnswer } from "../../publishing/publisher.ts";
import type { PublishRequest } from "../../publishing/publish.ts";
import { PUBLISHER } from "../../relay/relay-name.ts";

/** Publishes all that is asked for, or nothing, and says which, and why. */
export async function publishDocuments(
  { RELAY }: Env,
  request: PublishRequest,
): Promise<PublishAnswer> {
  const json = new TextEncoder().encode(JSON.stringify(request));
  return await RELAY.getByName(PUBLISHER).publish(json);
}
