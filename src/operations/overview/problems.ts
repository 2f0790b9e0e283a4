import { allRelays } from "../../relay/all-relays.ts";
import { namespaceOf } from "../../relay/namespace-of.ts";

/** What a person should look at in one namespace; times are ISO 8601. */
export type ProblemItem = {
  namespace: string;
  documents: { key: string; problem: string; using: string; since: string }[];
  pauses: { destination: string; code: string; said: string; fix: string; since: string }[];
  waiting: { events: number; reason: string; since: string }[];
};

/** What a person should look at, of every namespace where there is something. */
export async function problems(env: Parameters<typeof allRelays>[0]): Promise<ProblemItem[]> {
  const all = await Promise.all(
    (await allRelays(env)).map(async ({ name, relay }) => {
      const { documents, pauses, waiting } = await relay.problems();
      return {
        namespace: namespaceOf(name),
        documents: documents.map(dated),
        pauses: pauses.map(({ destination, code, said, fix, since }) =>
          dated({ destination, code, said, fix, since }),
        ),
        waiting: waiting.map(dated),
      };
    }),
  );
  return all.filter(({ documents, pauses, waiting }) =>
    [documents, pauses, waiting].some((list) => list.length > 0),
  );
}

function dated<T extends { since: number }>(item: T): Omit<T, "since"> & { since: string } {
  return { ...item, since: new Date(item.since).toISOString() };
}
