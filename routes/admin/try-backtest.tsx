import * as z from "zod/mini";
import { WhatChanges, type Tried } from "../../src/console/publish/what-changes.tsx";
import { backtestDraft, emptyReport } from "../../src/operations/backtest/backtest-draft.ts";
import { readReport } from "../../src/operations/backtest/backtest-report.ts";
import { putAddressesBack } from "../../src/operations/publishing/put-addresses-back.ts";
import { textThen } from "../../src/operations/publishing/text-then.ts";
import { changesInWords } from "../../src/publishing/changes-in-words.ts";
import { etagOf } from "../../src/publishing/etag.ts";
import { hideAddresses, lostAddress } from "../../src/publishing/hidden-address.ts";
import { PUBLISHER } from "../../src/relay/relay-name.ts";
import { readSettings } from "../../src/settings.ts";
import { createAdmin } from "./create-admin.ts";

const DAY_MS = 24 * 3_600_000;
const SPANS = { "1d": DAY_MS, "7d": 7 * DAY_MS };

const Asked = z.object({
  key: z.catch(z.string(), ""),
  /** What the draft was begun with; "": with nothing, null: nobody says. */
  etag: z.catch(z.nullable(z.string()), null),
  text: z.catch(z.string(), ""),
  since: z.catch(z.enum(["1d", "7d"]), "7d"),
  /** What the page has so far. */
  report: z.catch(z.string(), ""),
  stop: z.catch(z.string(), ""),
});

/** What publishing a draft would change, and what it would have made of the last days. Nothing is sent or kept. */
export const tryBacktest = createAdmin().post("/try/backtest", async (c) => {
  const { key, etag, text, since, report, stop } = Asked.parse(await c.req.parseBody());
  const now = Date.now();
  const before = report === "" ? null : readReport(report);
  const found = await c.env.RELAY.getByName(PUBLISHER).document(key);
  const present = found.ok ? (found.document?.text ?? null) : null;
  const begun = etag === "" ? null : etag;
  // What somebody else published meanwhile is no change of this draft.
  const isBehind = etag !== null && found.ok && (found.document?.etag ?? "") !== etag;
  const base = isBehind ? await textThen(c.env, begun) : present;
  const isComparable = found.ok && !(isBehind && begun !== null && base === null);
  const draft = await putAddressesBack(c.env, { key, text, begun });
  const tried = await (async (): Promise<Tried> => {
    if (!found.ok) return { is: "problem", problem: found.message };
    if (draft === null) return { is: "problem", problem: lostAddress(key).message };
    if (before !== null && before.print !== etagOf(text)) {
      return {
        is: "problem",
        problem: "The text was changed meanwhile: see what changes again.",
      };
    }
    if (before !== null && stop !== "") {
      return { is: "report", report: { ...before, state: "stopped" } };
    }
    const start = before ?? emptyReport(text, now - SPANS[since]);
    const made = await backtestDraft(
      c.env,
      { key, text: hideAddresses(draft), role: c.get("visitor").role },
      start,
      Date.now,
    );
    switch (made.status) {
      case "report":
        return { is: "report", report: made.report };
      case "unaffected":
        return { is: "unaffected" };
      case "problem":
        return { is: "problem", problem: made.problem };
    }
  })();
  return await c.html(
    <WhatChanges
      meanwhile={isBehind ? found.document : undefined}
      words={isComparable && draft !== null ? changesInWords(key, base, draft) : null}
      tried={tried}
      ofSlack={key.startsWith("mapping/slack/")}
      retentionDays={readSettings(c.env).retentionDays}
      now={now}
    />,
  );
});
