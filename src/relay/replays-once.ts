import type { Replay } from "./routing.ts";

const KEPT_MS = 24 * 3_600_000;

/** Replays that were asked for under a name: what is asked for twice is done once, and answered twice. */
export class ReplaysOnce {
  readonly #sql: SqlStorage;
  readonly #underWay = new Map<string, Promise<Replay | null>>();

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Does it, or answers what came of it before. `name`: null: it is asked for under none. */
  async once(name: string | null, act: () => Promise<Replay | null>): Promise<Replay | null> {
    if (name === null) return await act();
    const [done] = this.#sql
      .exec<{ result: string }>("SELECT result FROM replays WHERE name = ?", name)
      .toArray();
    if (done !== undefined) return JSON.parse(done.result) as Replay;
    const before = this.#underWay.get(name);
    if (before !== undefined) return await before;
    const replaying = this.#kept(name, act).finally(() => this.#underWay.delete(name));
    this.#underWay.set(name, replaying);
    return await replaying;
  }

  async #kept(name: string, act: () => Promise<Replay | null>): Promise<Replay | null> {
    const replay = await act();
    // Where nothing was sent, trying again does no harm, and may help.
    if (replay === null || replay.deliveries.length === 0) return replay;
    const result = JSON.stringify(replay);
    this.#sql.exec("INSERT INTO replays VALUES (?, ?, ?)", name, Date.now(), result);
    return replay;
  }
}

/** Forgets those of more than a day ago. */
export function forgetReplays(sql: SqlStorage, now: number): void {
  sql.exec("DELETE FROM replays WHERE at < ?", now - KEPT_MS);
}
