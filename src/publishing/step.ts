import type { ChangeKind } from "./publish.ts";

/** One document that publishing would change: its texts, and the etag that it has to have until then. */
export type Step = {
  key: string;
  kind: ChangeKind;
  before: string | null;
  after: string | null;
  ifMatch: string | null;
};
