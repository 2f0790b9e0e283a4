/** What scripts can tell apart. docs/command-line.md says what each means. */
export const EXIT = {
  done: 0,
  /**
   * It worked, and found something that needs a person: mistakes, differences, failures. One's own
   * documents that cannot be used as they are end every verb with it, and nothing was changed.
   */
  found: 1,
  /**
   * The command line, or a setting, cannot be used, or names what is not there; or the person is to decide: nobody said yes, or it
   * needs an option that says so. Nothing was changed.
   */
  usage: 2,
  /** Somebody else would not or could not: the Worker, GitLab, Cloudflare, the network, the disk. */
  refused: 3,
  /** Somebody else changed the same thing meanwhile. Nothing was overwritten. */
  conflict: 4,
  /** It was broken off half way; what was done is said. */
  partial: 5,
  /** A mistake of ours. */
  crashed: 70,
} as const;

type Exit = (typeof EXIT)[keyof typeof EXIT];

/**
 * Why a command ends without having done what it was asked, for the person who asked: `message` says
 * what was wrong and what to do about it. `code` is for programs.
 */
export class Refusal extends Error {
  override name = "Refusal" as const;
  readonly code: string;
  readonly exit: Exit;
  /** What the other side said besides, as it said it. */
  readonly details: unknown;

  constructor(code: string, message: string, exit: Exit = EXIT.refused, details: unknown = null) {
    super(message);
    this.code = code;
    this.exit = exit;
    this.details = details;
  }
}
