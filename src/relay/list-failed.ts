import { causeOfFailure, type Cause } from "./cause-of-failure.ts";
import { failedDeliveries, firstFailed, type FailedPlace } from "./failed-deliveries.ts";
import { deliveryId, eventId } from "./ids.ts";

/** Which failed deliveries are listed: of one destination ("": events that could not be routed), of one cause. */
export type FailedFilter = { destination: string; cause: string };

/** A failed delivery with the event that it is about; `failedAt` in milliseconds. */
export type FailedItem = {
  id: string;
  event: string;
  type: string;
  title: string | null;
  path: string | null;
  mapping: string | null;
  rule: string | null;
  said: string;
  /** What helps once the cause is mended. */
  mend: Cause["mend"];
  failedAt: number;
};

/** Failed deliveries, the oldest event first; `next` is where to go on, null at the end. */
export type FailedListed = { items: FailedItem[]; next: FailedPlace | null };

/** Failed deliveries that one call looks at. */
const LOOKED_AT = 500;

type About = Pick<FailedItem, "title" | "path" | "mapping" | "rule"> & { types: string };

/** Lists up to `limit` failed deliveries of a destination that have one cause, found by the index `failed`. */
export function listFailed(
  sql: SqlStorage,
  relay: string,
  { destination, cause }: FailedFilter,
  after: FailedPlace | null,
  limit: number,
): FailedListed {
  const page = failedDeliveries(sql, destination, after ?? firstFailed(destination), LOOKED_AT);
  const items: FailedItem[] = [];
  for (const { key, n, seq, reason, role, failedAt } of page) {
    const { code, said, mend } = causeOfFailure(reason, role);
    if (code !== cause) continue;
    const about = aboutOf(sql, key, n, seq);
    items.push({
      id: deliveryId(relay, key, n),
      event: eventId(relay, key),
      type: about?.types.split(" ", 1)[0] ?? "unknown",
      title: about?.title ?? null,
      path: about?.path ?? null,
      mapping: about?.mapping ?? null,
      rule: about?.rule ?? null,
      said,
      mend,
      failedAt,
    });
    if (items.length === limit) return { items, next: { destination, seq, n } };
  }
  const last = page.at(-1);
  return {
    items,
    next:
      page.length < LOOKED_AT || last === undefined
        ? null
        : { destination, seq: last.seq, n: last.n },
  };
}

function aboutOf(sql: SqlStorage, key: string, n: number, seq: number): About | undefined {
  return sql
    .exec<About>(
      `SELECT e.types, e.title, e.path, o.mapping, o.rule
       FROM outcomes o JOIN events e ON e.seq = ?3 WHERE o.key = ?1 AND o.n = ?2`,
      key,
      n,
      seq,
    )
    .toArray()[0];
}
