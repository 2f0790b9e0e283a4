/**
 * A KV namespace as a direct target needs it. What fails after retries is a `Refusal`; `stop` ends the
 * waiting for another try.
 */
export type KvStore = {
  /** For people, within a sentence. */
  name: string;
  /** What tells it from every other. */
  address: string;
  /** How many pairs it takes in one go. */
  pairsPerWrite: number;
  /** How long it wants to be left alone before the same key is written again. */
  pauseMs: number;
  /** All keys below a prefix, in order, with what stands beside their values. */
  list: (prefix: string, stop?: AbortSignal) => Promise<KvKey[]>;
  /** What these keys hold; an absent one is left out. */
  get: (keys: string[], stop?: AbortSignal) => Promise<Map<string, KvValue>>;
  put: (pairs: KvPair[], stop?: AbortSignal) => Promise<void>;
  remove: (keys: string[], stop?: AbortSignal) => Promise<void>;
  close: () => Promise<void>;
};

export type KvKey = { key: string; metadata: unknown };
export type KvValue = { text: string; metadata: unknown };
export type KvPair = { key: string; text: string; metadata: object };
