/** What Cloudflare bills. */
export type Item =
  | "workerRequests"
  | "workerCpu"
  | "objectRequests"
  | "objectDuration"
  | "rowsWritten"
  | "rowsRead"
  | "stored"
  | "kvReads"
  | "kvLists"
  | "logsIngested"
  | "logsStored";

/** The price of one item, and what each plan includes; dollars, and the units that `unit` says. */
export type Price = {
  name: string;
  unit: string;
  /** What the free plan takes in a day, or holds in all; null: there is no such limit. */
  free: { most: number; per: "day" | "account" } | null;
  /** What the paid plan includes each month, and what so many units more cost. */
  included: number;
  dollars: number;
  perUnits: number;
  page: Page;
};

/** Pages of developers.cloudflare.com, and when they were read. */
export const PAGES = {
  workers: { path: "/workers/platform/pricing/", read: "November 2026" },
  objects: { path: "/durable-objects/platform/pricing/", read: "November 2026" },
  kv: { path: "/kv/platform/pricing/", read: "November 2026" },
  observability: { path: "/observability/pricing/", read: "November 2026" },
  workerLimits: { path: "/workers/platform/limits/", read: "November 2026" },
  objectLimits: { path: "/durable-objects/platform/limits/", read: "November 2026" },
  lifecycle: {
    path: "/durable-objects/concepts/durable-object-lifecycle/",
    read: "November 2026",
  },
  ioTasks: { path: "/changelog/post/2026-10-01-pending-io-keep-alive/", read: "November 2026" },
} as const;

type Page = keyof typeof PAGES;

/** The paid plan's own price, a month. */
export const PLAN_DOLLARS = 5;

const MILLION = 1_000_000;
const GB = 1_000_000_000;

/** The prices of Workers, Durable Objects with SQLite, KV and logs. */
export const PRICES: Record<Item, Price> = {
  workerRequests: {
    name: "Worker requests",
    unit: "requests",
    free: { most: 100_000, per: "day" },
    included: 10 * MILLION,
    dollars: 0.3,
    perUnits: MILLION,
    page: "workers",
  },
  workerCpu: {
    name: "Worker CPU",
    unit: "ms",
    // Ten milliseconds for each invocation, and no sum of them.
    free: null,
    included: 30 * MILLION,
    dollars: 0.02,
    perUnits: MILLION,
    page: "workers",
  },
  objectRequests: {
    name: "Durable Object requests",
    unit: "requests",
    free: { most: 100_000, per: "day" },
    included: MILLION,
    dollars: 0.15,
    perUnits: MILLION,
    page: "objects",
  },
  objectDuration: {
    name: "Durable Object duration",
    unit: "GB-s",
    // Another version of the page says 313,000; this is the careful reading.
    free: { most: 13_000, per: "day" },
    included: 400_000,
    dollars: 12.5,
    perUnits: MILLION,
    page: "objects",
  },
  rowsWritten: {
    name: "Rows written",
    unit: "rows",
    free: { most: 100_000, per: "day" },
    included: 50 * MILLION,
    dollars: 1,
    perUnits: MILLION,
    page: "objects",
  },
  rowsRead: {
    name: "Rows read",
    unit: "rows",
    free: { most: 5 * MILLION, per: "day" },
    included: 25_000 * MILLION,
    dollars: 0.001,
    perUnits: MILLION,
    page: "objects",
  },
  stored: {
    name: "SQLite storage",
    unit: "bytes",
    free: { most: 5 * GB, per: "account" },
    included: 5 * GB,
    dollars: 0.2,
    perUnits: GB,
    page: "objects",
  },
  kvReads: {
    name: "KV reads",
    unit: "keys",
    free: { most: 100_000, per: "day" },
    included: 10 * MILLION,
    dollars: 0.5,
    perUnits: MILLION,
    page: "kv",
  },
  kvLists: {
    name: "KV lists",
    unit: "lists",
    free: { most: 1_000, per: "day" },
    included: MILLION,
    dollars: 5,
    perUnits: MILLION,
    page: "kv",
  },
  logsIngested: {
    name: "Logs, written",
    unit: "bytes",
    // From 1 December 2026. Until then lines count: 200,000 a day; 20 million a month, then $0.60 a million.
    free: { most: 0.5 * GB, per: "day" },
    included: 50 * GB,
    dollars: 0.25,
    perUnits: GB,
    page: "observability",
  },
  logsStored: {
    name: "Logs, kept 7 days",
    unit: "bytes",
    free: null,
    included: 12 * GB,
    dollars: 0.1,
    perUnits: GB,
    page: "observability",
  },
};
