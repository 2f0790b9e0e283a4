/** What is wrong with the webhooks of a place, and what to do about it. */
export type Finding = {
  /** A note is worth knowing, and asks for nothing. */
  level: "error" | "warning" | "note";
  code: string;
  /** The project's or group's path. */
  path: string;
  /** The webhook's number; null: it is about none. */
  hook: number | null;
  message: string;
  fix: string;
  /** The command that does it; null: it is done by hand. */
  command: string | null;
};
