import { allRelays } from "../../src/relay/all-relays.ts";
import { http } from "../http.ts";
import { namespaceOf } from "./namespace-of.ts";

/** What a person should look at. */
export const problems = http.createApp().get("/", async (c) => {
  const relays = await Promise.all(
    (await allRelays(c.env)).map(async ({ name, relay }) => {
      const { documents, pauses, waiting } = await relay.problems();
      return {
        namespace: namespaceOf(name),
        documents: documents.map(dated),
        pauses: pauses.map(dated),
        waiting: waiting.map(dated),
      };
    }),
  );
  return c.json({
    items: relays.filter(({ documents, pauses, waiting }) =>
      [documents, pauses, waiting].some((list) => list.length > 0),
    ),
  });
});

function dated<T extends { since: number }>(item: T): Omit<T, "since"> & { since: string } {
  return { ...item, since: new Date(item.since).toISOString() };
}
