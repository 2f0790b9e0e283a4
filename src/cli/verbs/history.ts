import type { Command } from "commander";
import type { Context } from "../context.ts";
import { changesAsJson, showChanges } from "../publishing/show-plan.ts";
import { changeKind, type Publish, type PublishInFull } from "../../publishing/publish.ts";
import { whatOf, whyOf } from "../../publishing/publish-in-words.ts";
import { asksTarget, withTarget, type TargetOptions } from "../targets/choose-target.ts";
import { minute, moment, zone } from "../terminal/moment.ts";
import { oneLine } from "../../words/one-line.ts";
import { table } from "../terminal/table.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { answers, verb, type Report } from "../verb.ts";
import { wholeNumber } from "../whole-number.ts";

type Options = TargetOptions & { key?: string; limit: number; full?: boolean };

/** `causeway history`: who published what, when and why. */
export function history(context: Context): Command {
  const command = asksTarget(
    verb(
      "history",
      "show who published what, when and why",
      "Shows who published what, when and why, the newest first; with the id of one, what it changed. Edits past Causeway, such as with wrangler kv key put, are in it too.",
    )
      .argument("[id]", "which one to show, with what it changed")
      .option("--key <key>", "only show what changed this document")
      .option("--limit <n>", "show at most so many", wholeNumber(1_000), 20)
      .option("--full", "with an id: show the lines that differ too, as YAML"),
  ).addHelpText(
    "after",
    "\nExamples:\n  causeway history\n  causeway history --key destination/licensing\n  causeway history 20261123T065510Z-0k3f9x --full",
  );
  return answers<Options>(command, context, ({ key, limit, full, ...options }, id) =>
    withTarget(context, options, async (target): Promise<Report> => {
      if (id === undefined) {
        const entries = await target.history({ key: key ?? null, limit });
        return { json: { items: entries }, text: listed(context.terminal, entries, key) };
      }
      const { changes, ...entry } = await target.entry(id);
      const kinds = changes.map((change) => ({ ...change, kind: changeKind(change) }));
      return {
        json: { ...entry, changes: changesAsJson(kinds, full === true) },
        text: inFull(context.terminal, { ...entry, changes }, full === true),
      };
    }),
  );
}

function listed({ style }: Terminal, entries: Publish[], key: string | undefined): string {
  if (entries.length === 0) {
    return key === undefined
      ? "Nothing was published yet."
      : `Nothing was published of ${key} yet.`;
  }
  return table([
    [`WHEN (${zone()})`, "WHO", "WHAT", "WHY", "ID"].map((head) => style("bold", head)),
    ...entries.map((entry) => [
      minute(entry.at),
      oneLine(entry.by ?? "somebody"),
      changeOf(entry),
      oneLine(whyOf(entry).split("\n", 1).join("")),
      entry.id,
    ]),
  ]);
}

function inFull(terminal: Terminal, entry: PublishInFull, full: boolean): string {
  const { by, at, via, restores, total, written, problem, changes } = entry;
  const how = via === "outside" ? "edited past Causeway" : `published, ${via}`;
  const lines = [
    `${terminal.style("bold", entry.id)}  ${how} by ${oneLine(by ?? "somebody")}, ${moment(at)}`,
    whyOf(entry),
    ...(restores === null ? [] : [`Puts back what was before ${restores}.`]),
    ...(written === total
      ? []
      : [`${written} of ${total} documents are in KV${problem === null ? "" : `: ${problem}`}.`]),
    "",
    showChanges(
      terminal,
      changes.map((change) => ({ ...change, kind: changeKind(change) })),
      full,
    ),
  ];
  return lines.join("\n");
}

/** "~ destination/a", "3 documents" */
function changeOf({ keys, total, written }: Publish): string {
  const [only] = keys;
  const sign = { added: "+ ", changed: "~ ", removed: "- " };
  const what = `${total === 1 && only !== undefined ? sign[only.kind] : ""}${whatOf({ keys, total })}`;
  return written === total ? what : `${what}, ${written} written`;
}
