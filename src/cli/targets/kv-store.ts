/** A KV namespace as a direct target needs it. What fails after retries is a `Refusal`. */
export type KvStore = {
  /** For people, within a sentence. */
  name: string;
  /** What tells it from every other. */
  address: string;
  /** How many pairs it takes in one go. */
  pairsPerWrite: number;
  /** How long it wants to be left alone before the same key is written again. */
  pauseMs: number;
  /** All keys below a prefix, in order. */
  list: (prefix: string) => Promise<string[]>;
  /** What these keys hold; an absent one is left out. */
  get: (keys: string[]) => Promise<Map<string, KvValue>>;
  put: (pairs: KvPair[]) => Promise<void>;
  remove: (keys: string[]) => Promise<void>;
  close: () => Promise<void>;
};

export type KvValue = { text: string; metadata: unknown };
export type KvPair = { key: string; text: string; metadata: object };
