/**
 * Each entry takes the schema one version further. Entries that have been deployed are never
 * changed: add one. docs/storage.md describes the tables.
 */
const MIGRATIONS = [
  `
  CREATE TABLE events (
    seq INTEGER PRIMARY KEY,
    key TEXT NOT NULL,
    types TEXT NOT NULL,
    path TEXT,
    title TEXT,
    hook_name TEXT,
    hook_path TEXT,
    size INTEGER NOT NULL,
    encoding TEXT NOT NULL,
    outline TEXT,
    body BLOB NOT NULL
  );
  CREATE TABLE chunks (
    seq INTEGER NOT NULL,
    n INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (seq, n)
  ) WITHOUT ROWID;
  CREATE TABLE outcomes (
    key TEXT NOT NULL,
    n INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    role TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT,
    destination TEXT NOT NULL,
    subject TEXT NOT NULL,
    mapping TEXT,
    rule TEXT,
    versions TEXT NOT NULL,
    confidential INTEGER NOT NULL,
    content TEXT,
    attempts TEXT NOT NULL,
    waited_ms INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    expected_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    finished_at INTEGER,
    parked INTEGER NOT NULL,
    PRIMARY KEY (key, n)
  ) WITHOUT ROWID;
  CREATE INDEX parked ON outcomes (destination, seq, n) WHERE parked = 1;
  CREATE TABLE lanes (
    destination TEXT PRIMARY KEY,
    state TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE documents (
    version INTEGER PRIMARY KEY,
    key TEXT NOT NULL,
    text TEXT,
    loaded_at INTEGER NOT NULL,
    superseded_at INTEGER
  );
  CREATE INDEX documents_by_key ON documents (key, superseded_at);
  CREATE TABLE ledger (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    settled_seq INTEGER NOT NULL,
    delivered INTEGER NOT NULL,
    filtered INTEGER NOT NULL,
    pending INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    unreadable INTEGER NOT NULL,
    duplicate INTEGER NOT NULL,
    deliveries_delivered INTEGER NOT NULL,
    deliveries_filtered INTEGER NOT NULL,
    deliveries_pending INTEGER NOT NULL,
    deliveries_failed INTEGER NOT NULL,
    deliveries_in_doubt INTEGER NOT NULL
  );
  INSERT INTO ledger VALUES (1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  CREATE TABLE relays (
    name TEXT PRIMARY KEY
  ) WITHOUT ROWID;
  `,
  `
  CREATE TABLE ref_statuses (
    ref TEXT PRIMARY KEY,
    pipeline INTEGER NOT NULL,
    finished_at TEXT,
    status TEXT NOT NULL,
    change TEXT,
    seen_at INTEGER NOT NULL
  ) WITHOUT ROWID;
  `,
  `
  ALTER TABLE outcomes ADD COLUMN posted TEXT;
  ALTER TABLE documents ADD COLUMN changed_by TEXT;
  CREATE TABLE facts (
    seq INTEGER PRIMARY KEY,
    facts TEXT NOT NULL
  );
  CREATE TABLE answers (
    name TEXT PRIMARY KEY,
    key TEXT NOT NULL,
    n INTEGER NOT NULL,
    asked_by TEXT NOT NULL,
    first_at INTEGER NOT NULL,
    at INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE issues (
    marker TEXT PRIMARY KEY,
    issue TEXT NOT NULL,
    made_at INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE missing_scopes (
    scope TEXT PRIMARY KEY,
    purpose TEXT NOT NULL,
    since INTEGER NOT NULL
  ) WITHOUT ROWID;
  `,
  `
  CREATE INDEX failed ON outcomes (destination, seq, n) WHERE state = 'failed';
  `,
  `
  CREATE TABLE publishes (
    id TEXT PRIMARY KEY,
    at INTEGER NOT NULL,
    by TEXT,
    why TEXT NOT NULL,
    via TEXT NOT NULL,
    restores TEXT,
    total INTEGER NOT NULL,
    recorded INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX unrecorded ON publishes (id) WHERE recorded = 0;
  CREATE TABLE changes (
    publish TEXT NOT NULL,
    key TEXT NOT NULL,
    before TEXT,
    after TEXT,
    PRIMARY KEY (publish, key)
  ) WITHOUT ROWID;
  CREATE INDEX changes_by_key ON changes (key, publish);
  CREATE TABLE texts (
    etag TEXT NOT NULL,
    n INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (etag, n)
  );
  CREATE TABLE published (
    key TEXT PRIMARY KEY,
    etag TEXT,
    publish TEXT NOT NULL,
    put_at INTEGER NOT NULL,
    written_at INTEGER
  ) WITHOUT ROWID;
  CREATE INDEX unwritten ON published (put_at, publish, key) WHERE written_at IS NULL;
  CREATE INDEX unwritten_of ON published (publish) WHERE written_at IS NULL;
  CREATE TABLE telling (
    publish TEXT NOT NULL,
    relay TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    failures INTEGER NOT NULL,
    told_at INTEGER NOT NULL,
    held_at INTEGER NOT NULL,
    PRIMARY KEY (publish, relay)
  ) WITHOUT ROWID;
  CREATE TABLE publishing (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    looked_at INTEGER,
    failures INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    problem TEXT
  );
  ALTER TABLE documents ADD COLUMN held_until INTEGER;
  `,
  `
  CREATE TABLE activity (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    since_seq INTEGER NOT NULL,
    counted_seq INTEGER NOT NULL,
    looked_on INTEGER NOT NULL
  );
  INSERT INTO activity VALUES (1, 0, 0, 0);
  CREATE TABLE activity_hours (
    hour INTEGER PRIMARY KEY,
    tally TEXT NOT NULL
  );
  CREATE TABLE activity_posts (
    day INTEGER NOT NULL,
    destination TEXT NOT NULL,
    mapping TEXT NOT NULL,
    rule TEXT NOT NULL,
    delivered INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    PRIMARY KEY (day, destination, mapping, rule)
  ) WITHOUT ROWID;
  `,
  `
  CREATE TABLE retries (
    run TEXT NOT NULL,
    page INTEGER NOT NULL,
    at INTEGER NOT NULL,
    places TEXT NOT NULL,
    PRIMARY KEY (run, page)
  ) WITHOUT ROWID;
  CREATE TABLE retry_runs (
    run TEXT PRIMARY KEY,
    at INTEGER NOT NULL,
    state TEXT NOT NULL
  ) WITHOUT ROWID;
  `,
  `
  CREATE TABLE replays (
    name TEXT PRIMARY KEY,
    at INTEGER NOT NULL,
    result TEXT NOT NULL
  ) WITHOUT ROWID;
  `,
  `
  ALTER TABLE outcomes ADD COLUMN asked_by TEXT;
  `,
];

/** Brings a Relay's tables up to date, each step in a transaction of its own. */
export function migrate(storage: DurableObjectStorage, migrations: string[] = MIGRATIONS): void {
  const { sql } = storage;
  sql.exec(
    "CREATE TABLE IF NOT EXISTS migrations (version INTEGER PRIMARY KEY, at INTEGER NOT NULL)",
  );
  const { version } = sql
    .exec<{ version: number | null }>("SELECT max(version) AS version FROM migrations")
    .one();
  for (const [index, statements] of migrations.entries()) {
    if (index < (version ?? 0)) continue;
    storage.transactionSync(() => {
      sql.exec(statements);
      sql.exec("INSERT INTO migrations VALUES (?, ?)", index + 1, Date.now());
    });
  }
}
