import type { FoundDocument } from "../../publishing/present-document.ts";
import type { Publish, PublishInFull, PublishRequest } from "../../publishing/publish.ts";

/** How publishing is looked on at: `done` documents are written; `stop` asks to leave off. */
export type Onlooker = { progress: (done: number) => void; stop: AbortSignal };

/**
 * Where documents are published to. Whatever goes wrong is a `Refusal`: a conflict when a document is
 * not as the request wants it, and then nothing was written; partial when the writing broke off.
 */
export type Target = {
  /** For people, within a sentence: "the Worker at https://…". */
  name: string;
  /** What tells it from every other target. */
  address: string;
  /** Every document, in the order of the keys. */
  read: () => Promise<FoundDocument[]>;
  /** The publish; the Worker may still be writing it (`written`) when nobody looks on any longer. */
  publish: (request: PublishRequest, onlooker: Onlooker) => Promise<Publish>;
  /** Newest first, edits past Causeway among them; of one document's, if a key is given. */
  history: (query: { key: string | null; limit: number }) => Promise<Publish[]>;
  entry: (id: string) => Promise<PublishInFull>;
  close: () => Promise<void>;
};
