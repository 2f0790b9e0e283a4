import { documentMetadata, type HistoryRecord } from "../../publishing/history-record.ts";
import { firstFew } from "../../words/first-few.ts";
import { EXIT, Refusal } from "../terminal/refusal.ts";
import { inBatches } from "./in-batches.ts";
import type { KvPair, KvStore } from "./kv-store.ts";
import type { Onlooker } from "./target.ts";

/**
 * Writes the documents of a publish that is recorded: what others refer to before what refers to it,
 * and removals last. What breaks it off is a {@link Refusal} that says how far it came.
 */
export async function writeDocuments(
  kv: KvStore,
  made: HistoryRecord,
  onlooker: Onlooker,
): Promise<void> {
  const metadata = documentMetadata(made.by, made.id);
  const inOrder = made.changes.toSorted((a, b) => rank(a) - rank(b));
  const puts = inOrder.flatMap(({ key, after }): KvPair[] =>
    after === null ? [] : [{ key, text: after, metadata }],
  );
  const removals = inOrder.flatMap(({ key, after }) => (after === null ? [key] : []));
  const steps = [
    ...inBatches(puts, kv.pairsPerWrite).map((pairs) => ({
      keys: pairs.map(({ key }) => key),
      act: () => kv.put(pairs, onlooker.stop),
    })),
    ...inBatches(removals, kv.pairsPerWrite).map((keys) => ({
      keys,
      act: () => kv.remove(keys, onlooker.stop),
    })),
  ];
  const written: string[] = [];
  for (const { keys, act } of steps) {
    if (onlooker.stop.aborted) throw brokenOff("You stopped it.", made, written);
    try {
      await act();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      // Ctrl+C reaches the local KV too.
      const why = onlooker.stop.aborted ? "You stopped it." : error.message;
      throw brokenOff(why, made, written);
    }
    written.push(...keys);
    onlooker.progress(written.length);
  }
}

/** Destinations and people come before the mappings that name them, and go after them. */
function rank({ key, after }: { key: string; after: string | null }): number {
  const isMapping = key.startsWith("mapping/");
  if (after !== null) return isMapping ? 1 : 0;
  return isMapping ? 2 : 3;
}

const NAMED = 20;

function brokenOff(why: string, { id, changes }: HistoryRecord, written: string[]): Refusal {
  const keys = written.map((key) => `  ${key}`);
  const which = firstFew(keys, NAMED, (more) => `  and ${more} more`).join("\n");
  const done =
    written.length === 0
      ? "None of them is written for certain."
      : `Written, of ${changes.length} documents, ${written.length === 1 ? "is 1" : `are ${written.length}`}:\n${which}\nThe others may not be.`;
  return new Refusal(
    "broken_off",
    `${why}\n${done}\nIt is recorded as ${id}. Run the same again: it goes on with what is missing, which "causeway diff" shows.`,
    EXIT.partial,
    { id, written },
  );
}
