import { count } from "./counts.ts";
import { replaceMethod } from "./replace-method.ts";

/** Cursors whose rows may still grow. */
let open: Pick<SqlStorageCursor<Record<string, SqlStorageValue>>, "rowsWritten" | "rowsRead">[] =
  [];
let counting = false;

/**
 * Counts rows from now on. The methods are replaced on the prototypes, once for all objects: the
 * runtime makes `ctx.storage.sql` anew when it likes, and an object's own property would be lost.
 */
export function countStorage(storage: DurableObjectStorage): void {
  if (counting) return;
  counting = true;
  replaceMethod(
    Object.getPrototypeOf(storage.sql) as SqlStorage,
    "exec",
    (exec, [query, ...values]) => {
      settleRows();
      const cursor = exec(query, ...values) as (typeof open)[number];
      open.push(cursor);
      return cursor;
    },
  );
  const prototype = Object.getPrototypeOf(storage) as DurableObjectStorage;
  replaceMethod(prototype, "setAlarm", (setAlarm, given) => {
    count("alarmsSet");
    return setAlarm(...given);
  });
  for (const store of [prototype, Object.getPrototypeOf(storage.kv) as SyncKvStorage]) {
    for (const name of ["put", "delete"] as const) {
      replaceMethod(store, name, (original, given) => {
        count("otherWrites");
        return original(...given);
      });
    }
  }
}

/**
 * The rows of a cursor are final once it is read or given up, which the next statement or the end of
 * the request brings about. Reading a cursor here instead would take its rows from its owner.
 */
export function settleRows(): void {
  for (const { rowsWritten, rowsRead } of open) {
    count("rowsWritten", rowsWritten);
    count("rowsRead", rowsRead);
  }
  open = [];
}
