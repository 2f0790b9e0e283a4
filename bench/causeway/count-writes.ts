/** What a Worker's Durable Objects wrote since it started, all objects together. */
export type Writes = {
  /** Rows of SQL statements, index rows included, as Cloudflare bills them. */
  rows: number;
  /** Calls of `setAlarm`: each is billed as one row but is not in `rows`. */
  alarms: number;
  /** Calls of the key-value storage API, which writes rows that `rows` does not see. */
  otherWrites: number;
};

const writes: Writes = { rows: 0, alarms: 0, otherWrites: 0 };

/** Cursors whose rows may still grow. */
let open: Pick<SqlStorageCursor<Record<string, SqlStorageValue>>, "rowsWritten">[] = [];
let counting = false;

/**
 * Counts from now on. The methods are replaced on the prototypes, once for all objects: the
 * runtime makes `ctx.storage.sql` anew when it likes, and an object's own property would be lost.
 */
export function countWrites(storage: DurableObjectStorage): void {
  if (counting) return;
  counting = true;
  const sqlPrototype = Object.getPrototypeOf(storage.sql) as SqlStorage;
  wrap(sqlPrototype, "exec", (result) => {
    settle();
    open.push(result as (typeof open)[number]);
  });
  const prototype = Object.getPrototypeOf(storage) as DurableObjectStorage;
  wrap(prototype, "setAlarm", () => (writes.alarms += 1));
  const keyValue = [prototype, Object.getPrototypeOf(storage.kv) as SyncKvStorage];
  for (const store of keyValue) {
    wrap(store, "put", () => (writes.otherWrites += 1));
    wrap(store, "delete", () => (writes.otherWrites += 1));
  }
}

/** The sums so far. */
export function writesSoFar(): Writes {
  settle();
  return { ...writes };
}

/**
 * `rowsWritten` is final once a cursor is read or given up, which the next statement or the end of
 * the request brings about. Reading a cursor here instead would take its rows from its owner.
 */
function settle(): void {
  for (const { rowsWritten } of open) writes.rows += rowsWritten;
  open = [];
}

function wrap<T extends object>(
  prototype: T,
  name: keyof T & string,
  seen: (result: unknown) => void,
): void {
  const original = prototype[name] as (...given: unknown[]) => unknown;
  Object.defineProperty(prototype, name, {
    configurable: true,
    value(this: T, ...given: unknown[]): unknown {
      const result = original.apply(this, given);
      seen(result);
      return result;
    },
  });
}
