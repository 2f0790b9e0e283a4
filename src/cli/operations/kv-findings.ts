import type { Check, Finding } from "../../checks/check.ts";
import type { AdminApi } from "../worker/admin-api.ts";
import type { ProblemItem } from "../../operations/overview/problems.ts";

/**
 * What is wrong with KV and its documents, but for those that the namespaces' problems name already. A
 * document that nothing has needed yet is only found here.
 */
export async function kvFindings(api: AdminApi, problems: ProblemItem[]): Promise<Finding[]> {
  const { findings } = await api.ask<Check>("/checks/kv");
  const known = problems.flatMap(({ documents }) => documents.map(({ key }) => key));
  return findings.filter(
    ({ code, message }) =>
      // An empty KV is a beginning, and no problem.
      code !== "nothing_configured" && !known.some((key) => message.startsWith(`${key} `)),
  );
}
