import { evict, query } from "../world.ts";

/**
 * Puts many events of one delivery each into the Relay of `acme`, without sending them: parked (of
 * settled events) or recent where they are pending. Destinations are `<destination>` or, over several
 * `lanes`, `<destination> 0` and so on, in turn. The Relay starts anew.
 */
export async function storeEvents(
  count: number,
  { state = "delivered", destination = "channel", lanes = 1, settled = false } = {},
): Promise<void> {
  const parked = settled && state === "pending" ? 1 : 0;
  const name = lanes === 1 ? `'${destination}'` : `'${destination} ' || (i % ${lanes})`;
  const numbers = `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})`;
  await query(
    `${numbers} INSERT INTO events (seq, key, types, path, title, size, encoding, body)
     SELECT i, printf('%022d', i), 'issue.open', 'acme/widgets', 'event ' || i, 2, 'identity', x'7b7d' FROM n`,
  );
  await query(
    `${numbers} INSERT INTO outcomes (key, n, seq, role, state, destination, subject, versions,
       confidential, attempts, waited_ms, created_at, expected_at, due_at, parked)
     SELECT printf('%022d', i), 0, i, 'rule', '${state}', ${name}, 'subject ' || i, '[]',
       0, '[]', 0, i, i, 0, ${parked} FROM n`,
  );
  if (settled) {
    await query(
      `UPDATE ledger SET settled_seq = ${count}, ${state} = ${count}, deliveries_${state} = ${count}`,
    );
  }
  await evict();
}
