import { destinationKey } from "../mappings/destination-key.ts";
import { addressNamed } from "../mappings/address.ts";
import type { Backtested, WouldSend } from "./backtest.ts";
import { draftConfiguration } from "./draft-configuration.ts";
import { exposures, type Exposure } from "./exposure.ts";

/** An event of a backtest, with what each destination of the draft is now. */
export type BacktestItem = Omit<Backtested, "would"> & {
  would: (WouldSend & { exposure: Exposure })[];
};

/** The documents of the destinations that these events would go to. */
export function destinationKeys(items: Backtested[]): string[] {
  return namesIn(items)
    .filter((name) => addressNamed(name) === null)
    .map(destinationKey);
}

/** Says of everything that would be sent how its destination differs from the live one, of the texts in `live`. */
export function withExposures(
  live: ReadonlyMap<string, string>,
  documents: { key: string; text: string }[],
  items: Backtested[],
): BacktestItem[] {
  const present = [...live].map(([key, text]) => ({ key, text }));
  const known = exposures(
    draftConfiguration(present),
    draftConfiguration(documents),
    namesIn(items),
  );
  return items.map((item) => ({
    ...item,
    would: item.would.map((would) => ({
      ...would,
      exposure: known.get(would.destination) ?? "same",
    })),
  }));
}

function namesIn(items: Backtested[]): string[] {
  return [...new Set(items.flatMap(({ would }) => would.map(({ destination }) => destination)))];
}
