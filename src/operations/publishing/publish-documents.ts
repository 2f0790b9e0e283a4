import type { Env } from "../../env.ts";
import type { PublishAnswer } from "../../publishing/publisher.ts";
import type { PublishRequest } from "../../publishing/publish.ts";
import { PUBLISHER } from "../../relay/relay-name.ts";

/** Publishes all that a request asks for, given as JSON or as what becomes it, or nothing; says which, and why. */
export async function publishDocuments(
  { RELAY }: Env,
  request: PublishRequest | Uint8Array,
): Promise<PublishAnswer> {
  const json =
    request instanceof Uint8Array ? request : new TextEncoder().encode(JSON.stringify(request));
  return await RELAY.getByName(PUBLISHER).publish(json);
}
