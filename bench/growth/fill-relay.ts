import { readdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** Days over which the events are spread: within what the Relay keeps. */
const DAYS = 6;
const DAY_MS = 86_400_000;

/**
 * Makes the past of the one Relay on a disk that workerd has left: `count` events, in turn like each of
 * its `like` latest ones (which are delivered or filtered), spread evenly over the last days. Their bodies
 * are cut to half a KB: a million whole ones would fill a small disk, and nothing reads them.
 */
export function fillRelay(disk: string, count: number, like = 1): void {
  const database = relayOn(disk);
  const stepMs = (DAYS * DAY_MS) / count;
  database.exec(
    "PRAGMA synchronous = OFF; PRAGMA cache_size = -500000; PRAGMA temp_store = MEMORY",
  );
  database.exec(`
    BEGIN;
    CREATE TEMP TABLE event AS
      SELECT row_number() OVER (ORDER BY seq) - 1 AS turn, events.* FROM events ORDER BY seq DESC LIMIT ${like};
    CREATE TEMP TABLE outcome AS
      SELECT event.turn, outcomes.* FROM outcomes JOIN event ON event.key = outcomes.key;
    CREATE TEMP TABLE past AS
      WITH RECURSIVE each (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM each WHERE n < ${count}),
        first (seq) AS (SELECT min(seq) FROM events),
        turns (least, count) AS (SELECT min(turn), count(*) FROM event)
      SELECT CAST(seq / 1024 - n * ${stepMs} AS INTEGER) * 1024 AS seq,
        substr(hex(randomblob(16)), 1, 22) AS key, least + n % count AS turn
      FROM each, first, turns;
    ${copy("events", "event", "seq")}
    ${copy("outcomes", "outcome", "key")}
    UPDATE ledger SET settled_seq = (SELECT max(seq) FROM past),
      delivered = delivered + ${pastWith("delivered")}, filtered = filtered + ${pastWith("filtered")},
      deliveries_delivered = deliveries_delivered + ${pastWith("delivered")};
    COMMIT;
    PRAGMA wal_checkpoint(TRUNCATE);`);
  database.close();

  /** Rows of `table` like those in `model`, written in the order of the table's own key. */
  function copy(table: string, model: string, order: "seq" | "key"): string {
    const columns = database
      .prepare("SELECT name FROM pragma_table_info(?)")
      .all(table)
      .map(({ name }) => String(name));
    const values = columns.map((name) => {
      if (name === "body") return "substr(model.body, 1, 512)";
      // What became of an event became of it when it came.
      if (["created_at", "expected_at", "finished_at"].includes(name)) {
        return `past.seq / 1024 + model.${name} - model.created_at`;
      }
      return `${["seq", "key"].includes(name) ? "past" : "model"}.${name}`;
    });
    return `INSERT INTO ${table} (${columns.join(", ")})
      SELECT ${values.join(", ")} FROM past JOIN ${model} AS model USING (turn) ORDER BY past.${order};`;
  }

  function pastWith(state: "delivered" | "filtered"): string {
    return `(SELECT count(*) FROM past JOIN outcome USING (turn) WHERE outcome.state = '${state}')`;
  }
}

/** The database that holds events; the other one is the directory's. */
function relayOn(disk: string): DatabaseSync {
  const files = readdirSync(disk, { recursive: true, encoding: "utf8" });
  for (const file of files.filter((name) => name.endsWith(".sqlite"))) {
    const database = new DatabaseSync(join(disk, file));
    const tables = database.prepare("SELECT name FROM sqlite_master WHERE name = 'events'").all();
    if (tables.length > 0 && database.prepare("SELECT 1 FROM events LIMIT 1").all().length > 0) {
      return database;
    }
    database.close();
  }
  throw new Error(`There is no Relay with events under ${disk}.`);
}
