import type { Backtested, WouldSend } from "./backtest.ts";
import { draftConfiguration } from "./draft-configuration.ts";
import { exposures, type Exposure } from "./exposure.ts";

/** An event of a backtest, with what each destination of the draft is now. */
export type BacktestItem = Omit<Backtested, "would"> & {
  would: (WouldSend & { exposure: Exposure })[];
};

/** Says of everything that would be sent how its destination differs from the live one. */
export async function withExposures(
  kv: KVNamespace,
  documents: { key: string; text: string }[],
  items: Backtested[],
): Promise<BacktestItem[]> {
  const names = items.flatMap(({ would }) => would.map(({ destination }) => destination));
  const known = await exposures(kv, draftConfiguration(documents), [...new Set(names)]);
  return items.map((item) => ({
    ...item,
    would: item.would.map((would) => ({
      ...would,
      exposure: known.get(would.destination) ?? "same",
    })),
  }));
}
