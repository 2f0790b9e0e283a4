/**
 * Audits what the Worker is made of: a dependency with a known weakness, moderate or worse, fails it.
 * Where the registry offers no audit (a mirror, no network) it has not run, which it says, and which is no
 * failure of the project's.
 */
import { spawnSync } from "node:child_process";

/** What `npm audit --json` prints when the registry answered. */
type Report = {
  vulnerabilities: Record<string, { severity: string; range: string }>;
  metadata: { vulnerabilities: Record<string, number>; dependencies: { prod: number } };
};

const { status, stdout } = spawnSync(
  "npm",
  ["audit", "--omit=dev", "--audit-level=moderate", "--fetch-retries=0", "--json"],
  { encoding: "utf8", timeout: 120_000 },
);
const report = reportIn(stdout);
if (report === null) {
  console.log(`audit: NOT RUN. ${reasonIn(stdout)}`);
} else {
  const found = Object.entries(report.vulnerabilities);
  for (const [name, { severity, range }] of found) console.log(`${severity}: ${name} ${range}`);
  const { prod } = report.metadata.dependencies;
  console.log(`audit: ${found.length} of ${prod} packages in the Worker have a known weakness.`);
  process.exitCode = status ?? 1;
}

function reportIn(json: string): Report | null {
  const value = parsed(json);
  return value !== null && "auditReportVersion" in value ? (value as unknown as Report) : null;
}

/** Why there is no report, in a line. */
function reasonIn(json: string): string {
  const { statusCode, error } = parsed(json) ?? {};
  if (typeof statusCode === "number") {
    return `This registry offers no audit: it answers ${statusCode} to the question.`;
  }
  const { code } = (error ?? {}) as { code?: unknown };
  return `npm could not ask the registry (${typeof code === "string" ? code : "no answer"}).`;
}

function parsed(json: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === "object" && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}
