import { Option, type Command } from "commander";
import type { ShownEvent } from "../../relay/show-event.ts";
import { playGitlab, type Played } from "../../sandbox/play-gitlab.ts";
import type { Context } from "../context.ts";
import type { ProblemItem } from "../../operations/overview/problems.ts";
import { bodyToSend } from "../operations/body-to-send.ts";
import { problemsHere } from "../operations/fix-here.ts";
import { oneByOne } from "../operations/one-by-one.ts";
import { headline } from "../operations/show-event.ts";
import { settledEvents } from "../operations/settled-events.ts";
import { signingToken } from "../operations/signing-token.ts";
import { whyPosted } from "../../operations/events/why-posted.ts";
import { repeated } from "../repeated.ts";
import { EXIT, Refusal } from "../terminal/refusal.ts";
import { answers, verb } from "../verb.ts";
import { wholeNumber } from "../whole-number.ts";
import { adminApi, asksWorker, type AdminApi, type WorkerOptions } from "../worker/admin-api.ts";

type Options = WorkerOptions & {
  label?: string[];
  title?: string;
  project?: string;
  fresh?: boolean;
  count: number;
  path?: string;
  wait: number;
};

/** `causeway send`: plays GitLab. */
export function send(context: Context): Command {
  const command = asksWorker(
    verb(
      "send",
      "play GitLab: send a webhook, and see what becomes of it",
      "Plays GitLab: sends a webhook to the Worker, signed, and says what becomes of it. It is a real event there, and posts for real. What would be posted without posting: causeway simulate.",
    ).argument(
      "<payload>",
      "a file with the body of a webhook, or a recorded one such as issue.open",
    ),
  )
    .option("--label <label>", "put a label on (may be repeated)", repeated)
    .option("--title <title>", "give it another title")
    .option("--project <path>", "let it have happened in this project")
    .option("--fresh", "make it another issue or merge request, of this moment")
    .addOption(
      new Option("--count <n>", "send it so many times").default(1).argParser(wholeNumber(10_000)),
    )
    .option("--path <path>", "send it to the hook of this group or project")
    .addOption(
      new Option("--wait <seconds>", "wait so long for its messages, at most")
        .default(5)
        .argParser(wholeNumber(600, 0)),
    )
    .addHelpText(
      "after",
      `
Examples:
  causeway send issue.open --fresh --label "License::Renewal"
  causeway send body.json --path gitlab-com/support
It is signed with CAUSEWAY_SIGNING_TOKEN (for the Worker of "npm start" the one of .dev.vars).
Exit code 1: it failed.`,
    );
  return answers<Options>(command, context, async (options, named = "") => {
    const body = bodyToSend(context, named);
    const api = adminApi(context, options);
    const token = signingToken(context, api);
    const { label: labels, title, project, fresh, path = null, count, wait } = options;
    const answered = await oneByOne(context, "Sending", Array<null>(count).fill(null), () =>
      play(api, body({ labels, title, project, fresh }), token, path),
    );
    const ids = answered.flatMap(({ id }) => id ?? []);
    const { events, problems } = await settledEvents(context, api, ids, wait * 1_000);
    return {
      json: {
        items: answered.map(({ id, status, said }, at) => ({
          id,
          status,
          said,
          ...fate(events[at]),
        })),
      },
      text: inWords(named, answered, events, problemsHere(problems, api.isLocal), context),
      exit: events.some(({ state }) => state === "failed") ? EXIT.found : EXIT.done,
    };
  });
}

async function play(
  api: AdminApi,
  body: string,
  token: string,
  path: string | null,
): Promise<Played> {
  let played: Played;
  try {
    played = await playGitlab(api.url, body, token, path);
  } catch {
    const hint = api.isLocal ? ' Start it with "npm start" in another terminal.' : "";
    throw new Refusal("unreachable", `Cannot reach the Worker at ${api.url}.${hint}`);
  }
  const { status, said, id } = played;
  if (status >= 200 && status < 300 && id !== null) return played;
  const hint =
    status === 401
      ? " CAUSEWAY_SIGNING_TOKEN has to be one of its GITLAB_SIGNING_TOKENS, or with --path that hook's token."
      : "";
  throw new Refusal("not_accepted", `The Worker answered ${status}: ${said}${hint}`);
}

function fate(event: ShownEvent | undefined): object {
  if (event === undefined) return {};
  const { state, reason, deliveries } = event;
  return {
    state,
    reason,
    deliveries: deliveries.map(({ id, destination, address, state: each, reason: why }) => ({
      id,
      destination,
      address,
      state: each,
      reason: why,
    })),
  };
}

function inWords(
  named: string,
  answered: Played[],
  events: ShownEvent[],
  problems: ProblemItem[],
  { terminal }: Context,
): string {
  const [first] = events;
  const said = `Sent ${named}; the Worker answered ${tally(answered.map((each) => `${each.status} ${each.said}`))}.`;
  if (events.length !== 1 || first === undefined) {
    return [
      said,
      `Of these events ${tally(events.map(({ state }) => state))}.`,
      'What became of each: "causeway events".',
    ].join("\n");
  }
  return [
    said,
    headline(first, terminal),
    ...whyPosted(first, problems).map((sentence) => `  ${sentence}`),
    terminal.style("dim", `  More: causeway event ${first.id}`),
  ].join("\n");
}

/** `18 × delivered, 2 × pending`; one alone without its number. */
function tally(words: string[]): string {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].map(([word, n]) => (words.length === 1 ? word : `${n} × ${word}`)).join(", ");
}
