/** What somebody has filled in about a person, and what is to be said about it. */
export type PersonDraft = {
  username: string;
  /** The document that it changes; null: it is a new one. */
  etag: string | null;
  /** As it was written: a member id, a name, an e-mail address. */
  slack: string;
  /** Why it was not published. */
  problems: string[];
  /** The members who may be meant; null: it is an id. */
  choices: { id: string; name: string }[] | null;
  /** The member's other names in GitLab, when that has to be meant. */
  shared: string[];
};

/** A form that nobody has filled in yet. */
export function emptyDraft(given: Partial<PersonDraft> = {}): PersonDraft {
  const nothing = { username: "", etag: null, slack: "", problems: [], choices: null, shared: [] };
  return { ...nothing, ...given };
}
