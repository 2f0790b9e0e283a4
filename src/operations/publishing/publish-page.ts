import type { Env } from "../../env.ts";
import type { Change, Publish } from "../../publishing/publish.ts";
import { PUBLISHER } from "../../relay/relay-name.ts";

/** One publish, and some of its documents; `next`: the key behind which there are more, null at the end. */
export type PublishPage = { publish: Publish; changes: Change[]; next: string | null };

/** A publish with its documents from behind the key `after`; null: there is none. */
export async function publishPage(
  { RELAY }: Env,
  id: string,
  after: string | null,
  limit: number,
): Promise<PublishPage | null> {
  const publisher = RELAY.getByName(PUBLISHER);
  const publish = await publisher.publishProgress(id);
  if (publish === null) return null;
  const { items, next } = await publisher.publishChanges(id, after, limit);
  return { publish, changes: items, next };
}
