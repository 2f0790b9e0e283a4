import { InvalidArgumentError, Option, type Command } from "commander";
import { draftConfiguration, type DraftDocument } from "../../simulation/draft-configuration.ts";
import { eventInBrief } from "../../simulation/event-in-brief.ts";
import { readHappening, type Known } from "../../simulation/read-happening.ts";
import { simulateEvent } from "../../simulation/simulate-event.ts";
import { sampleNames } from "../../sandbox/sample-named.ts";
import { configurationDir } from "../configuration-dir.ts";
import type { Context } from "../context.ts";
import { blockKitBuilder } from "../simulation/block-kit-builder.ts";
import {
  documentsOfFolder,
  liveDocuments,
  withLiveDocuments,
} from "../simulation/draft-documents.ts";
import { eventsAbout } from "../simulation/events-about.ts";
import { changedBody, readBody } from "../simulation/read-body.ts";
import { showSimulation, type Simulated } from "../simulation/show-simulation.ts";
import { EXIT, Refusal } from "../terminal/refusal.ts";
import { answers, verb } from "../verb.ts";
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
    "Shows what the rules of a folder make of an event: which match and why the others do not, and exactly what each destination would get. Nothing is sent or stored. Ends with 0, also when nothing would be sent.",
  )
    .argument("[event]", "a file, a sample's name, or an issue's address")
    .argument("[dir]", "the configuration folder (default: this one)")
    .option("--live", "by the rules that the Worker has now, instead of a folder's")
    .option("--keep", "with what the Worker has and the folder has not, as push --keep leaves it")
    .option("--only <destination>", "only what goes to this destination")
    .option("--label <label>", "put a label on (can be repeated)", collect)
    .option("--title <title>", "with another title")
    .option("--project <path>", "as if it had happened in another project")
    .option(
      "--path <path>",
      "the path in the hook's URL, for a body that names no project or group",
    )
    .addOption(
      new Option("--last <n>", "of an issue's address: so many of its newest events")
        .default(3)
        .argParser(count),
    )
    .option("--blocks", "show messages as Block Kit JSON")
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
    const draft = draftConfiguration(await documentsFrom(context, options, dir));
    const happened = await bodiesOf(context, options, event);
    const simulations = happened.map((each) => simulated(each, options, draft));
    const text = simulations
      .map((each) => showSimulation(context.terminal, each, options))
      .join(`\n\n${"─".repeat(60)}\n\n`);
    return { json: { simulations }, text };
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
): Promise<DraftDocument[]> {
  if (options.live !== true) {
    const documents = documentsOfFolder(configurationDir(context, dir));
    if (options.keep !== true) return documents;
    return await withLiveDocuments(adminApi(context, options), documents);
  }
  if (dir === undefined) return await liveDocuments(adminApi(context, options));
  throw new Refusal("live_and_folder", "Name a folder or --live, not both.", EXIT.usage);
}

function simulated(
  { of, body, known }: Body,
  { label, title, project, only }: Options,
  draft: ReturnType<typeof draftConfiguration>,
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
  return { of, event: eventInBrief(event), notes, ...simulation, deliveries };
}

/** `thread` names every thread. */
function isNamed(destination: string, only: string): boolean {
  return destination === only || destination.startsWith(`${only}:`);
}

function collect(label: string, labels: string[] = []): string[] {
  return [...labels, label];
}

function count(given: string): number {
  const number = Number(given);
  if (Number.isInteger(number) && number > 0 && number <= 50) return number;
  throw new InvalidArgumentError("Expected a whole number from 1 to 50.");
}
