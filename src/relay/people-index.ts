import { warn } from "../log.ts";
import { parsePerson } from "../mappings/parse-document.ts";
import { readDocuments } from "../mappings/read-documents.ts";
import { isStillAhead } from "../still-ahead.ts";

const PREFIX = "person/";
/** Listing is dear: the free plan has a thousand a day. */
const FRESH_MS = 5 * 60_000;
const RETRY_MS = 30_000;
const MAX_PEOPLE = 10_000;

type PersonDocument = { key: string; text: string | null };

/**
 * Who is who, both ways, from all documents `person/<gitlab username>`: for Slack's events, which
 * name people by Slack's ids. KV failing leaves what was known.
 */
export class PeopleIndex {
  readonly #kv: KVNamespace;
  readonly #held: (prefix: string, now: number) => PersonDocument[];
  /** By key, as KV has them. */
  #found = new Map<string, string>();
  #bySlack = new Map<string, string>();
  #byGitlab = new Map<string, string>();
  #freshUntil = 0;

  /** `held`: what was published so recently that KV may not show it yet. */
  constructor(kv: KVNamespace, held: (prefix: string, now: number) => PersonDocument[]) {
    this.#kv = kv;
    this.#held = held;
  }

  /** The GitLab username of somebody in Slack; null: no document says so. */
  gitlabOf(slack: string): string | null {
    return this.#bySlack.get(slack) ?? null;
  }

  /** Slack ids by GitLab username in lower case. */
  get slackIds(): ReadonlyMap<string, string> {
    return this.#byGitlab;
  }

  /** Sees to it that what is known is at most five minutes old. */
  async refresh(now: number): Promise<void> {
    if (isStillAhead(this.#freshUntil, now, FRESH_MS)) return;
    // Others go on with what is known meanwhile.
    this.#freshUntil = now + RETRY_MS;
    try {
      const documents = await readDocuments(this.#kv, PREFIX, MAX_PEOPLE);
      this.#found = new Map(documents.map(({ key, text }) => [key, text]));
      this.#freshUntil = now + FRESH_MS;
    } catch (error) {
      warn("people_unreadable", { error: String(error) });
    }
    // Reading has taken a while: what was published meanwhile is held, and other holds have ended.
    this.learn(Date.now());
  }

  /** Takes over what was just published. */
  learn(now: number): void {
    for (const { key, text } of this.#held(PREFIX, now)) {
      if (text === null) this.#found.delete(key);
      else this.#found.set(key, text);
    }
    const people = [...this.#found].flatMap(([key, text]): [string, string][] => {
      const parsed = parsePerson(key, text);
      return parsed.ok ? [[key.slice(PREFIX.length), parsed.value.slack]] : [];
    });
    this.#bySlack = new Map(people.map(([username, slack]) => [slack, username]));
    this.#byGitlab = new Map(people.map(([username, slack]) => [username.toLowerCase(), slack]));
  }

  /** Forgets how fresh it is: the next use asks KV again. */
  expire(): void {
    this.#freshUntil = 0;
  }
}
