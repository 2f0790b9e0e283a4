import { DESTINATIONS } from "../../mappings/destination-key.ts";
import { readMapping } from "../../mappings/parse-document.ts";
import type { BacktestItem } from "../../simulation/with-exposures.ts";

type Sent = { destination: string; mapping: string | null };

/** Whether what an event would say or said to a destination can be because of a document. */
export type Concern = (destination: string, sent: Sent[]) => boolean;

/**
 * What a draft can be the cause of: of a destination, what goes there; of a mapping, what its rules send or
 * have sent. One that hides the mappings above it, or did, can be the cause of anything at its path.
 */
export function concernOf(key: string, texts: (string | null)[]): Concern {
  if (key.startsWith(DESTINATIONS)) {
    const name = key.slice(DESTINATIONS.length);
    return (destination) => destination === name;
  }
  const hides = texts.some((text) => {
    const read = text === null ? null : readMapping(key, text);
    return read !== null && (!read.ok || read.value.inherit === false);
  });
  return hides ? () => true : (_destination, sent) => sent.some(({ mapping }) => mapping === key);
}

/** The same events, with only what a document can be the cause of. */
export function concerning(items: BacktestItem[], concerns: Concern): BacktestItem[] {
  return items.map((item) => {
    const all: Sent[] = [...item.would, ...item.did];
    const isOf = ({ destination }: Sent): boolean =>
      concerns(
        destination,
        all.filter((each) => each.destination === destination),
      );
    return { ...item, would: item.would.filter(isOf), did: item.did.filter(isOf) };
  });
}
