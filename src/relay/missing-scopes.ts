/** A scope that the Slack app lacks, as Slack said when a method was called. */
export type MissingScope = { scope: string; method: string; since: number };

/** The scopes that the Slack app lacks, until a call succeeds that needed them. */
export class MissingScopes {
  readonly #sql: SqlStorage;
  readonly #known: MissingScope[];

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    this.#known = sql.exec<MissingScope>("SELECT * FROM missing_scopes").toArray();
  }

  get all(): readonly MissingScope[] {
    return this.#known;
  }

  /** Notes what a method answered: the scope that it lacked, or null when it went well. */
  answered(method: string, scope: string | null, now: number): void {
    if (scope === null) {
      if (!this.#known.some((each) => each.method === method)) return;
      this.#sql.exec("DELETE FROM missing_scopes WHERE method = ?", method);
      this.#known.splice(0, Infinity, ...this.#known.filter((each) => each.method !== method));
    } else if (!this.#known.some((each) => each.scope === scope)) {
      this.#sql.exec("INSERT INTO missing_scopes VALUES (?, ?, ?)", scope, method, now);
      this.#known.push({ scope, method, since: now });
    }
  }
}

/** What lacks, and what to do about it, in a sentence. */
export function sayMissingScope({ scope, method }: MissingScope): string {
  return `The Slack app lacks the scope ${scope.replaceAll(",", " or ")}, which ${method} needs. Paste slack-app-manifest.yaml into the app's settings and install it again.`;
}
