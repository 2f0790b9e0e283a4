/** How the problem of a document begins that is none of its own. */
export const KV_UNREADABLE = "KV could not be read";
