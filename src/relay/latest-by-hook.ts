import { arrivedAt } from "./events.ts";

/** When the latest event came through a hook of this path (milliseconds); null: the address that all share. */
export type LatestOfHook = { hookPath: string | null; at: number };

/** Events that one look reads: it must not read all that are stored. */
const LOOKED_AT = 1_000;

const LATEST = `
  SELECT hook_path AS hookPath, max(seq) AS seq FROM (
    SELECT hook_path, seq FROM events ORDER BY seq DESC LIMIT ?
  ) GROUP BY hook_path ORDER BY seq DESC`;

/** The hooks that the latest thousand events came through, by the paths in their addresses. */
export function latestByHook(sql: SqlStorage): LatestOfHook[] {
  return sql
    .exec<{ hookPath: string | null; seq: number }>(LATEST, LOOKED_AT)
    .toArray()
    .map(({ hookPath, seq }) => ({ hookPath, at: arrivedAt(seq) }));
}
