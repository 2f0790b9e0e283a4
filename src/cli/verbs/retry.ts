import type { Command } from "commander";
import { MAX_IDS } from "../../operations/failures/max-ids.ts";
import type { Context } from "../context.ts";
import { asksConsent, consent, type ConsentOptions } from "../consent.ts";
import type { Failures } from "../operations/api-answers.ts";
import { since } from "../since.ts";
import { counted } from "../../words/counted.ts";
import { EXIT, Refusal } from "../terminal/refusal.ts";
import { withProgress } from "../terminal/with-progress.ts";
import { answers, verb, type Report } from "../verb.ts";
import { adminApi, asksWorker, type AdminApi, type WorkerOptions } from "../worker/admin-api.ts";

type Options = WorkerOptions &
  ConsentOptions & {
    destination?: string;
    cause?: string;
    since?: string;
    all?: boolean;
  };
type Result = "retried" | "not_found" | "already_delivered" | "not_a_delivery";
type Retried = {
  retried: number;
  skipped: number;
  items: { id: string; result: Result }[];
  next: string | null;
};

/** An id without the number that a delivery's has at its end. */
const AN_EVENTS = /^[\w-]+\.[\w-]{22}$/;

/** `causeway retry`: sends deliveries again that failed. */
export function retry(context: Context): Command {
  const command = asksConsent(
    asksWorker(
      verb(
        "retry",
        "send deliveries again that failed",
        "Sends deliveries again: those named by id (also one that waits for its next attempt), or all that failed and that it helps. The oldest go first. Without ids, what would only be refused again is left out, unless its cause is named.",
      ).argument("[ids...]", "ids of deliveries"),
    ),
  )
    .option("--destination <name>", "retry what failed at this destination")
    .option("--cause <word>", 'retry what failed for this cause: a word of "causeway failed"')
    .option("--since <when>", "only retry what failed since then: 30m, 24h, 7d, 2026-11-22")
    .option("--all", "retry what failed anywhere")
    .addHelpText(
      "after",
      `
Examples:
  causeway retry --destination licensing
  causeway retry --all --since 24h --yes`,
    );
  return answers<Options>(command, context, async (options, ...given) => {
    const ids = given.flat();
    const isBulk = options.all === true || options.destination !== undefined;
    if (isBulk === ids.length > 0) {
      throw new Refusal(
        "bad_usage",
        "Say which: ids of deliveries, or --destination <name>, or --all.",
        EXIT.usage,
      );
    }
    const api = adminApi(context, options);
    return isBulk ? await retryFailed(context, api, options) : await retryIds(context, api, ids);
  });
}

async function retryIds({ terminal }: Context, api: AdminApi, ids: string[]): Promise<Report> {
  const items: Retried["items"] = [];
  await withProgress(terminal, "Retrying", ids.length, async (at) => {
    for (let from = 0; from < ids.length; from += MAX_IDS) {
      const body = { ids: ids.slice(from, from + MAX_IDS) };
      items.push(...(await ask(api, body, items.length)).items);
      at(items.length);
    }
  });
  const retried = items.filter(({ result }) => result === "retried").length;
  return {
    json: { retried, skipped: items.length - retried, items },
    text: items.map(({ id, result }) => `${id}  ${inWords(result, id)}`).join("\n"),
    exit:
      retried === items.length
        ? EXIT.done
        : items.every(({ result }) => result === "not_found")
          ? EXIT.usage
          : EXIT.found,
  };
}

async function retryFailed(context: Context, api: AdminApi, options: Options): Promise<Report> {
  const { destination, cause } = options;
  const from = options.since === undefined ? null : since(options.since, context.now());
  const { items: groups } = await api.ask<Failures>("/failures");
  const meant = groups.filter(
    (group) =>
      group.kind === "failed" &&
      group.destination !== null &&
      (destination === undefined || group.destination === destination) &&
      (cause === undefined ? group.retryable : group.code === cause),
  );
  const count = meant.reduce((sum, group) => sum + group.count, 0);
  if (count === 0) {
    return {
      json: { retried: 0, skipped: 0, items: [] },
      text: 'There is nothing that a retry helps. "causeway failed" says what failed, and why.',
    };
  }
  const to = destination === undefined ? "" : ` to ${destination}`;
  const upTo = from === null ? "" : "up to ";
  const what = counted(count, "failed delivery", "failed deliveries");
  await consent(context, `Send ${upTo}${what}${to} again?`, options.yes);
  const items: Retried["items"] = [];
  let [skipped, cursor]: [number, string | null] = [0, null];
  await withProgress(context.terminal, "Retrying", count, async (at) => {
    do {
      const page: Retried = await ask(
        api,
        {
          ...(destination === undefined ? {} : { destination }),
          ...(cause === undefined ? {} : { cause }),
          ...(from === null ? {} : { since: new Date(from).toISOString() }),
          ...(cursor === null ? {} : { cursor }),
        },
        items.length,
      );
      items.push(...page.items);
      skipped += page.skipped;
      cursor = page.next;
      at(items.length);
    } while (cursor !== null);
  });
  const left = skipped === 0 ? "" : ` ${skipped} left as they are.`;
  return {
    json: { retried: items.length, skipped, items },
    text: `${items.length} sent again.${left} "causeway failed" says whether it helped.`,
  };
}

async function ask(api: AdminApi, body: object, done: number): Promise<Retried> {
  try {
    return await api.ask<Retried>("/deliveries/retry", { method: "POST", body });
  } catch (error) {
    if (!(error instanceof Refusal) || done === 0) throw error;
    const message = `${done} were sent again, then it stopped. ${error.message}`;
    throw new Refusal(error.code, message, EXIT.partial);
  }
}

function inWords(result: Result, id: string): string {
  switch (result) {
    case "retried":
      return "is sent again";
    case "not_found":
      return AN_EVENTS.test(id)
        ? `is the id of an event, not of one of its messages; their ids: causeway event ${id}`
        : "is no message that is stored: finished events are deleted after a while";
    case "already_delivered":
      return "was delivered already; to send it there once more, replay its event with --to";
    case "not_a_delivery":
      return "was never to be sent: it was filtered, or its rule is in shadow mode";
  }
}
