/** What history says of documents that nobody published: those found at the very first look, and later edits. */
export const FOUND_AT_FIRST = "found in KV when Causeway first looked";
export const EDITED_OUTSIDE = "changed in KV without a publish";
