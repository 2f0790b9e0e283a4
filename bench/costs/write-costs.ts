import { writeFileSync } from "node:fs";
import { relative } from "node:path";

import { countLines } from "../report/table.ts";
import { rowsAim } from "../report/aims.ts";
import { exceeded, SUPPORT_TEAM, usageOf } from "./bill.ts";
import { measureCosts, type Costs } from "./costs.ts";
import { PRICES } from "./prices.ts";
import { COUNTED_FILE } from "./read-counted.ts";

/** Counts all costs, and keeps them for docs/scaling.md, which is worth nothing when something was broken. Returns the exit code. */
export async function writeCosts(say: (progress: string) => void): Promise<number> {
  const { costs, problems } = await measureCosts(say);
  console.log([...lines(costs), ...problems.map((problem) => `BROKEN   ${problem}`)].join("\n"));
  writeFileSync(COUNTED_FILE, `${JSON.stringify(costs, null, 2)}\n`);
  console.log(`\nAll figures: ${relative(process.cwd(), COUNTED_FILE)}. Now "npm run docs".`);
  return problems.length > 0 ? 1 : 0;
}

function lines(costs: Costs): string[] {
  const { together, alone, retention, restMinute } = costs;
  const over = exceeded(usageOf(SUPPORT_TEAM, costs));
  const aims = [
    rowsAim("delivered", 4, together.delivered),
    rowsAim("filtered", 2, together.filtered),
    {
      aim: "nothing to pay for a support team's volume",
      got:
        over.length === 0 ? "$0" : `too much: ${over.map((item) => PRICES[item].name).join(", ")}`,
      met: over.length === 0,
    },
  ];
  return [
    ...countLines(together),
    "",
    ...countLines({ ...alone, deleted: retention, "a minute of rest": restMinute }),
    "",
    ...aims.map(({ aim, got, met }) => `${met ? "met    " : "not met"}  ${aim}: ${got}`),
  ];
}
