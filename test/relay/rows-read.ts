import { runInDurableObject } from "cloudflare:test";
import { relay } from "../world.ts";

/** Rows that a Relay reads of its storage, and how often it asks, while something is done. */
export async function rowsRead(
  work: () => Promise<unknown>,
  name = "gitlab/acme",
): Promise<{ rows: number; statements: number }> {
  const cursors: SqlStorageCursor<Record<string, SqlStorageValue>>[] = [];
  const end = await runInDurableObject(relay(name), (_instance, { storage: { sql } }) => {
    const exec = sql.exec.bind(sql);
    sql.exec = ((query: string, ...values: unknown[]) => {
      const cursor = exec(query, ...values);
      cursors.push(cursor);
      return cursor;
    }) as typeof sql.exec;
    return () => {
      sql.exec = exec;
    };
  });
  await work();
  return await runInDurableObject(relay(name), () => {
    end();
    return {
      rows: cursors.reduce((sum, cursor) => sum + cursor.rowsRead, 0),
      statements: cursors.length,
    };
  });
}
