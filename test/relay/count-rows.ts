import { runInDurableObject } from "cloudflare:test";
import { relay } from "../world.ts";

const counters = new Map<SqlStorage, { rows: number }>();

/** Rows that a Relay has written since this was first called. */
export async function countRows(name?: string): Promise<number> {
  return await runInDurableObject(relay(name), (_instance, state) => {
    const { sql } = state.storage;
    const counter = counters.get(sql) ?? { rows: 0 };
    if (!counters.has(sql)) {
      counters.set(sql, counter);
      const exec = sql.exec.bind(sql);
      sql.exec = ((query: string, ...values: unknown[]) => {
        const cursor = exec(query, ...values);
        if (!/^\s*(INSERT|UPDATE|DELETE)/i.test(query)) return cursor;
        counter.rows += cursor.rowsWritten;
        return cursor;
      }) as typeof sql.exec;
    }
    return counter.rows;
  });
}
