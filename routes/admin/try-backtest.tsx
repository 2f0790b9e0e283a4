import type { Context } from "hono";
import * as z from "zod/mini";
import { SLACK_MAPPINGS } from "../../src/mappings/mapping-keys.ts";
import { WhatChanges } from "../../src/console/publish/what-changes.tsx";
import {
  backtestDraft,
  emptyReport,
  type DraftTried,
} from "../../src/operations/backtest/backtest-draft.ts";
import { readReport, type BacktestReport } from "../../src/operations/backtest/backtest-report.ts";
import { putAddressesBack } from "../../src/operations/publishing/put-addresses-back.ts";
import { textThen } from "../../src/operations/publishing/text-then.ts";
import { changesInWords } from "../../src/publishing/changes-in-words.ts";
import { etagOf } from "../../src/publishing/etag.ts";
import { hideAddresses, lostAddress } from "../../src/publishing/hidden-address.ts";
import { PUBLISHER } from "../../src/relay/relay-name.ts";
import { readSettings } from "../../src/settings.ts";
import { createAdmin, type AdminEnv } from "./create-admin.ts";

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
  return await c.html(
    <WhatChanges
      meanwhile={isBehind ? found.document : undefined}
      words={isComparable && draft !== null ? changesInWords(key, base, draft) : null}
      tried={
        found.ok
          ? await tried(c, {
              key,
              text,
              draft,
              before,
              stop: stop !== "",
              since: now - SPANS[since],
            })
          : { is: "problem", problem: found.message }
      }
      ofSlack={key.startsWith(SLACK_MAPPINGS)}
      retentionDays={readSettings(c.env).retentionDays}
      now={now}
    />,
  );
});

/** `draft`: its text with the addresses that are hidden in it; null: they are not known. `since` in milliseconds. */
type Wanted = {
  key: string;
  text: string;
  draft: string | null;
  before: BacktestReport | null;
  stop: boolean;
  since: number;
};

async function tried(
  c: Context<AdminEnv>,
  { key, text, draft, before, stop, since }: Wanted,
): Promise<DraftTried> {
  if (draft === null) return { is: "problem", problem: lostAddress(key).message };
  if (before !== null && before.print !== etagOf(text)) {
    return { is: "problem", problem: "The text was changed meanwhile: see what changes again." };
  }
  if (before !== null && stop) return { is: "report", report: { ...before, state: "stopped" } };
  return await backtestDraft(
    c.env,
    { key, text: hideAddresses(draft), role: c.get("visitor").role },
    before ?? emptyReport(text, since),
    Date.now,
  );
}
