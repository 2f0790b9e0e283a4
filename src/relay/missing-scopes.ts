/** A scope that the Slack app lacks, as Slack said when it was needed for something. */
export type MissingScope = { scope: string; purpose: string; since: number };

/** The scopes that the Slack app lacks, until Slack says that it has them. */
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

  /** Slack refused something for want of a scope. */
  lacks(scope: string, purpose: string, now: number): void {
    if (this.#known.some((each) => each.scope === scope)) return;
    this.#sql.exec("INSERT INTO missing_scopes VALUES (?, ?, ?)", scope, purpose, now);
    this.#known.push({ scope, purpose, since: now });
  }

  /** Slack says which scopes the app has. One that it names with alternatives needs one of them. */
  has(granted: string[]): void {
    this.#forget(({ scope }) => scope.split(",").some((each) => granted.includes(each)));
  }

  /** Something went well for which a scope had been missing. */
  wentWell(purpose: string): void {
    this.#forget((each) => each.purpose === purpose);
  }

  #forget(isOver: (missing: MissingScope) => boolean): void {
    for (const missing of this.#known.filter(isOver)) {
      this.#sql.exec("DELETE FROM missing_scopes WHERE scope = ?", missing.scope);
      this.#known.splice(this.#known.indexOf(missing), 1);
    }
  }
}

/** What lacks, and what to do about it, in a sentence that names nobody and no channel. */
export function sayMissingScope({ scope, purpose }: MissingScope): string {
  return `The Slack app lacks the scope ${scope.replaceAll(",", " or ")}, which it needs for ${purpose}. Paste slack-app-manifest.yaml into the app's settings and install it again.`;
}
