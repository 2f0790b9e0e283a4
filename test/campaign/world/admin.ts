import { ADMIN_TOKEN } from "../../../bench/causeway/target.ts";
import type { Sums } from "../../../src/relay/ledger.ts";
import type { ShownEvent } from "../../../src/relay/show-event.ts";

/** An event of the list, as much as is looked at here. */
type Listed = { id: string; state: string; reason: string | null };
type Problems = {
  documents: { key: string; problem: string }[];
  pauses: { destination: string; said: string }[];
  waiting: { events: number; reason: string }[];
};

/** Causeway's own account of itself: its admin API. */
export type Admin = {
  ledger: () => Promise<Sums>;
  /** All events that are stored, newest first. */
  events: () => Promise<Listed[]>;
  event: (id: string) => Promise<Pick<ShownEvent, "id" | "deliveries">>;
  /** What a person should look at, one sentence each. */
  problems: () => Promise<string[]>;
  /** Sends a delivery again at once. */
  retry: (delivery: string) => Promise<void>;
};

const PAGE = 200;

/** The admin API of whatever listens on a port. */
export function createAdmin(port: () => number | null): Admin {
  async function ask<T>(path: string, method = "GET"): Promise<T> {
    const answer = await fetch(`http://127.0.0.1:${port() ?? 0}/admin/api${path}`, {
      method,
      headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} /admin/api${path}: ${answer.status} ${text}`);
    return JSON.parse(text) as T;
  }

  return {
    ledger: async () => (await ask<{ total: Sums }>("/ledger")).total,
    async events() {
      const all: Listed[] = [];
      let cursor: string | null = "";
      while (cursor !== null) {
        const from: string = cursor === "" ? "" : `&cursor=${cursor}`;
        const page: { items: Listed[]; next: string | null } = await ask(
          `/events?limit=${PAGE}${from}`,
        );
        all.push(...page.items);
        cursor = page.next;
      }
      return all;
    },
    event: (id) => ask(`/events/${id}`),
    async problems() {
      const { items } = await ask<{ items: Problems[] }>("/problems");
      return items.flatMap(({ documents, pauses, waiting }) => [
        ...documents.map(({ key, problem }) => `${key}: ${problem}`),
        ...pauses.map(({ destination, said }) => `${destination} is paused: ${said}`),
        ...waiting.map(({ events, reason }) => `${events} events wait: ${reason}`),
      ]);
    },
    retry: async (delivery) => void (await ask(`/deliveries/${delivery}/retry`, "POST")),
  };
}
