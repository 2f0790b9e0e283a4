import { destinationKey } from "../../mappings/destination-key.ts";
import { Option, type Command } from "commander";
import { draftConfiguration, type DraftDocument } from "../../simulation/draft-configuration.ts";
import { eventInBrief } from "../../simulation/event-in-brief.ts";
import { readHappening, type Known } from "../../simulation/read-happening.ts";
import { simulateEvent } from "../../simulation/simulate-event.ts";
import { sampleNames } from "../../sandbox/sample-named.ts";
import { configurationDir } from "../configuration/configuration-dir.ts";
import type { Context } from "../context.ts";
import { repeated } from "../repeated.ts";
import { blockKitBuilder } from "../../simulation/block-kit-builder.ts";
import {
  documentsOfFolder,
  liveDocuments,
  withLiveDocuments,
} from "../simulation/draft-documents.ts";
import { eventsAbout } from "../simulation/events-about.ts";
import { changedBody, readBody } from "../simulation/read-body.ts";
import { showSimulation, type Simulated } from "../simulation/show-simulation.ts";
import { mayBeMeantFor, unusableKeys } from "../simulation/unusable-keys.ts";
import { firstFew } from "../../words/first-few.ts";
import { EXIT, Refusal } from "../terminal/refusal.ts";
import { answers, verb } from "../verb.ts";
import { wholeNumber } from "../whole-number.ts";
import { adminApi, asksWorker, type WorkerOptions } from "../worker/admin-api.ts";

type Options = WorkerOptions & {
  path?: string;
  label?: string[];
  title?: string;
  project?: string;
  live?: boolean;
  keep?: boolean;
  only?: string;
  last: number;
  blocks?: boolean;
  samples?: boolean;
};

/** `causeway simulate`: what the rules make of an event, without sending anything. */
export function simulate(context: Context): Command {
  const command = verb(
    "simulate",
    "show which rules match an event, and the exact messages",
    "Shows what the rules of a folder make of an event: which match and why the others do not, and exactly what each destination would get. Nothing is sent or stored. Ends with 0, also when nothing would be sent, and with 1 when something would wait for a document to be put right, or one that may be meant for the event cannot be used.",
  )
    .argument("[event]", "a file, a sample's name, or an issue's address")
    .argument("[dir]", "the configuration folder (default: this one)")
    .option("--live", "go by the rules that the Worker has now, instead of a folder's")
    .option("--keep", "add what the Worker has and the folder has not, as push --keep leaves it")
    .option("--only <destination>", "only show what goes to this destination")
    .option("--label <label>", "put a label on (may be repeated)", repeated)
    .option("--title <title>", "give it another title")
    .option("--project <path>", "let it have happened in this project")
    .option(
      "--path <path>",
      "take this as the path in the hook's URL, for a body that names no project or group",
    )
    .addOption(
      new Option("--last <n>", "of an issue's address: take so many of its newest events")
        .default(3)
        .argParser(wholeNumber(50)),
    )
    .option("--blocks", "show messages as Block Kit JSON, with a link to Slack's editor of it")
    .option("--samples", "list the samples' names")
    .addHelpText(
      "after",
      `
The event is one of:
  a file           the body of a webhook of GitLab's, or of Slack's Events API
                   as far as it says by itself what happened
  a sample's name  such as issue.open: a body that was recorded from GitLab
  an address       of a GitLab issue, epic or merge request: the newest events
                   about it that the Worker received

Examples:
  causeway simulate issue.open --project acme/support --label "License Issue"
  causeway simulate body.json my-configuration --only support
  causeway simulate https://gitlab.com/acme/support/-/issues/12 --live`,
    );
  return answers<Options>(asksWorker(command), context, async (options, event, dir) => {
    if (options.samples === true) {
      const names = sampleNames();
      return { json: { samples: names }, text: names.join("\n") };
    }
    if (event === undefined) {
      throw new Refusal(
        "no_event",
        "Say which event: a file, a sample's name (--samples lists them) or an issue's address.",
        EXIT.usage,
      );
    }
    // A folder with a mistake in its name is said before the Worker is asked.
    const { documents, unusable } = await documentsFrom(context, options, dir);
    const draft = draftConfiguration(documents);
    const happened = await bodiesOf(context, options, event);
    const simulations = happened.map((each) => simulated(each, options, draft, unusable));
    if (unusable.length > 0) context.terminal.note(unusableInWords(unusable));
    const text = simulations
      .map((each) => showSimulation(context.terminal, each, options))
      .join(`\n\n${"─".repeat(60)}\n\n`);
    const found = simulations.some(
      ({ waits, lacks, deliveries }) =>
        waits || lacks.length > 0 || deliveries.some(({ outcome }) => outcome === "waits"),
    );
    return { json: { simulations, unusable }, text, exit: found ? EXIT.found : EXIT.done };
  });
}

type Body = { of: string; body: Uint8Array; known: Known };

async function bodiesOf(context: Context, options: Options, event: string): Promise<Body[]> {
  const hookPath = options.path === undefined ? {} : { hookPath: options.path };
  if (!/^https?:\/\//i.test(event)) {
    const { found, name, body } = readBody(context, event);
    return [{ of: `${found} ${name}`, body, known: hookPath }];
  }
  const received = await eventsAbout(adminApi(context, options), event, options.last);
  return received.map(({ id, receivedAt, body, known }) => ({
    of: `event ${id} of ${receivedAt}`,
    body,
    known: { ...known, ...hookPath },
  }));
}

async function documentsFrom(
  context: Context,
  options: Options,
  dir: string | undefined,
): Promise<{ documents: DraftDocument[]; unusable: string[] }> {
  if (options.live !== true) {
    const documents = documentsOfFolder(configurationDir(context, dir));
    const unusable = unusableKeys(documents);
    if (options.keep !== true) return { documents, unusable };
    return { documents: await withLiveDocuments(adminApi(context, options), documents), unusable };
  }
  if (dir === undefined) {
    return { documents: await liveDocuments(adminApi(context, options)), unusable: [] };
  }
  throw new Refusal("live_and_folder", "Name a folder or --live, not both.", EXIT.usage);
}

function simulated(
  { of, body, known }: Body,
  { label, title, project, only }: Options,
  draft: ReturnType<typeof draftConfiguration>,
  unusable: string[],
): Simulated {
  const happening = readHappening(changedBody(body, { labels: label, title, project }), known);
  if (happening === null) {
    throw new Refusal(
      "unreadable",
      `The body of ${of} is not a JSON object, which is what GitLab and Slack send.`,
      EXIT.usage,
    );
  }
  const { event, payload, notes } = happening;
  const simulation = simulateEvent(event, payload, draft);
  const deliveries = simulation.deliveries
    .filter(({ destination }) => only === undefined || isNamed(destination, only))
    .map((each) => ({ ...each, blockKitBuilder: blockKitBuilder(each.content) }));
  const named = new Set(deliveries.map(({ destination }) => destinationKey(destination)));
  const lacks = unusable.filter((key) => named.has(key) || mayBeMeantFor(event, key));
  return { of, event: eventInBrief(event), notes, ...simulation, lacks, deliveries };
}

const MOST_NAMED = 20;

function unusableInWords(keys: string[]): string {
  const what = keys.length === 1 ? "A document" : `${keys.length} documents`;
  return `${what} of the folder cannot be used: ${firstFew(keys, MOST_NAMED).join(", ")}. "causeway lint" says what is wrong.`;
}

/** `thread` names every thread. */
function isNamed(destination: string, only: string): boolean {
  return destination === only || destination.startsWith(`${only}:`);
}
