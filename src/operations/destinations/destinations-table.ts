import { addressNamed, isReservedDestination, targetInWords } from "../../mappings/address.ts";
import type { DocumentHead } from "../../publishing/publisher.ts";
import { healthOf, type Health, type Surroundings } from "./destination-health.ts";
import type { DestinationView } from "./destination-view.ts";
import type { Sent, SevenDays } from "../rules/seven-days.ts";

/** A destination with what is known of it. */
export type DestinationRow = {
  name: string;
  /** Null: it is not published, though a rule names it or something waits for it. */
  document: DocumentHead | null;
  view: DestinationView | null;
  health: Health;
  /** How many deliveries wait. */
  waiting: number;
  sent: Sent;
  /** How many rules name it. */
  uses: number;
};

/** Where the bot answers, when that is paused or something waits for it. */
export type AnswersRow = { name: string; inWords: string; health: Health; waiting: number };

/** Some of the destinations that were asked for, by name; `next` is the last of them, null at the end. */
export type DestinationsListed = {
  rows: DestinationRow[];
  answers: AnswersRow[];
  found: number;
  all: number;
  next: string | null;
};

/** What {@link destinationsPage} is made from. */
export type DestinationsKnown = {
  published: (DocumentHead & { reading: DestinationView })[];
  around: Surroundings;
  week: SevenDays;
  waiting: Map<string, number>;
  uses: Map<string, number>;
};

/** Which destinations to show; empty is any. `name`: this one alone; `after`: {@link DestinationsListed.next}. */
export type DestinationsQuestion = { q: string; name: string; after: string };

/** Looks for destinations, and gives one page of at most `limit` of them, from behind the name `after`. */
export function destinationsPage(
  known: DestinationsKnown,
  { q, name: alone, after }: DestinationsQuestion,
  limit: number,
): DestinationsListed {
  const published = new Map(known.published.map((each) => [each.reading.name, each]));
  const named = [...published.keys(), ...known.uses.keys(), ...known.waiting.keys()];
  const names = [...new Set(named)]
    .filter((name) => published.has(name) || !isBots(name))
    .toSorted();
  const asked = q
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  const found = names.filter((name) => {
    const words = wordsOf(name, published.get(name)?.reading);
    return (alone === "" || name === alone) && asked.every((word) => words.includes(word));
  });
  const behind = found.filter((name) => name > after);
  const page = behind.slice(0, limit);
  return {
    rows: page.map((name) => rowOf(name, published.get(name), known)),
    answers: after === "" ? answersOf(known, asked, alone) : [],
    found: found.length,
    all: names.length,
    next: behind.length > limit ? (page.at(-1) ?? null) : null,
  };
}

function isBots(name: string): boolean {
  return isReservedDestination(name) || addressNamed(name) !== null;
}

function wordsOf(name: string, view: DestinationView | undefined): string {
  const { type, address, channel, variables } = view?.shown ?? {};
  return [name, type, address, channel, ...(variables ?? [])].join("\n").toLowerCase();
}

function rowOf(
  name: string,
  published: DestinationsKnown["published"][number] | undefined,
  { around, week, waiting, uses }: DestinationsKnown,
): DestinationRow {
  const { reading = null, ...document } = published ?? {};
  return {
    name,
    document: "key" in document ? document : null,
    view: reading,
    health: healthOf(around, name, null),
    waiting: waiting.get(name) ?? 0,
    sent: week.ofDestination(name),
    uses: uses.get(name) ?? 0,
  };
}

function answersOf(
  { around, waiting }: DestinationsKnown,
  asked: string[],
  alone: string,
): AnswersRow[] {
  const paused = around.relays.flatMap(({ pauses }) => pauses.map((pause) => pause.destination));
  return [...new Set([...paused, ...waiting.keys()])]
    .filter((name) => addressNamed(name) !== null && (alone === "" || name === alone))
    .filter((name) => asked.every((word) => name.toLowerCase().includes(word)))
    .toSorted()
    .map((name) => ({
      name,
      inWords: targetInWords(name),
      health: healthOf(around, name, null),
      waiting: waiting.get(name) ?? 0,
    }));
}
