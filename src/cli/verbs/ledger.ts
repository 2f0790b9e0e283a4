import type { Command } from "commander";
import type { Sums } from "../../relay/ledger.ts";
import type { Context } from "../context.ts";
import { EXIT } from "../terminal/refusal.ts";
import { headedTable } from "../terminal/headed-table.ts";
import { answers, verb } from "../verb.ts";
import { adminApi, asksWorker, type WorkerOptions } from "../worker/admin-api.ts";

type Ledger = { namespaces: ({ namespace: string } & Sums)[]; total: Sums };

const ENDS = ["delivered", "filtered", "duplicate", "pending", "failed", "unreadable"] as const;

/** `causeway ledger`: the sums that must add up. */
export function ledger(context: Context): Command {
  const command = asksWorker(
    verb(
      "ledger",
      "account for every request that was received",
      `Accounts for every request that was received: received = ${ENDS.join(" + ")}. Exit code 1: it does not add up, which is a mistake of Causeway's.`,
    ),
  );
  return answers<WorkerOptions>(command, context, async (options) => {
    const { style } = context.terminal;
    const sums = await adminApi(context, options).ask<Ledger>("/ledger");
    const rows = [...sums.namespaces, { namespace: "all", ...sums.total }];
    const isRight = rows.every(addsUp);
    const head = ["namespace", "received", ...ENDS, "messages sent", "in doubt"];
    return {
      json: { ...sums, addsUp: isRight },
      text: [
        headedTable(
          head,
          rows.map((row) => [
            row.namespace,
            ...[row.received, ...ENDS.map((end) => row[end])].map(String),
            String(row.deliveries.delivered),
            String(row.deliveries.inDoubt),
          ]),
          context.terminal,
        ),
        isRight ? "It adds up." : style("red", "It does not add up: please report that."),
      ].join("\n"),
      exit: isRight ? EXIT.done : EXIT.found,
    };
  });
}

function addsUp(sums: Sums): boolean {
  return sums.received === ENDS.reduce((sum, end) => sum + sums[end], 0);
}
