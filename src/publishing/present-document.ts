/** A document as it is now, with the publish that made it so. Times are ISO 8601. */
export type PresentDocument = {
  key: string;
  text: string;
  etag: string;
  /** Who; null: nobody knows. */
  by: string | null;
  at: string;
  publish: string;
};

/** A document as it is now, where it may not say who published it, when and with what: it was found in KV. */
export type FoundDocument = Omit<PresentDocument, "at" | "publish"> & {
  at: string | null;
  publish: string | null;
};
