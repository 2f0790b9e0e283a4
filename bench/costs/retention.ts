import type { PerEvent } from "../measure/counts.ts";
import type { Server } from "../processes/start-workerd.ts";

import { order, passTime } from "../causeway/orders.ts";
import { countWhile } from "../measure/counts.ts";
import { ADMIN_TOKEN } from "../causeway/target.ts";

const LONGER_THAN_RETENTION_MS = 8 * 24 * 3_600_000;
/** How many events one alarm deletes (src/relay/retention.ts). */
const BATCH = 200;

/** What deleting one of a Relay's events costs: all expire, and its alarm goes off until they are gone. */
export async function countRetention(
  server: Server,
  relay: string,
  events: number,
): Promise<PerEvent> {
  const each = await countWhile(server, async () => {
    await passTime(server, LONGER_THAN_RETENTION_MS);
    for (let done = 0; done <= events; done += BATCH) await order(server, "ring", relay);
    return { count: events };
  });
  const answer = await fetch(
    `http://127.0.0.1:${server.port}/admin/api/events?project=gitlab-com`,
    {
      headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
    },
  );
  const { items } = (await answer.json()) as { items: unknown[] };
  if (items.length > 0) throw new Error("Events are left that should have been deleted.");
  return each;
}
