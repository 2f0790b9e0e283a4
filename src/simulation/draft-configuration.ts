import type { Compiled } from "../mappings/compile-mapping.ts";
import { parseDestination, parseMapping, parsePerson } from "../mappings/parse-document.ts";
import { sayProblems } from "../mappings/problems.ts";
import type { Readable, ReadableConfiguration } from "../relay/configuration.ts";
import type { Copy } from "../relay/documents.ts";

/** A document that is tried out; or a file that should be one, and why it cannot be read. */
export type DraftDocument = { key: string } & ({ text: string } | { problem: string });

const PERSON = "person/";

/**
 * Documents that nobody has published, to decide by. Only what an event needs is compiled, once; what
 * is not there is absent, and what cannot be used is unknown: there is no good copy of a draft.
 */
export function draftConfiguration(documents: DraftDocument[]): ReadableConfiguration {
  const all = new Map(documents.map((document) => [document.key, document]));
  const people = readable(all, parsePerson);
  let index: Map<string, string> | undefined;
  const slackIds = (): Map<string, string> =>
    (index ??= new Map(
      [...all.keys()].flatMap((key): [string, string][] => {
        const copy = key.startsWith(PERSON) ? people.get(key) : null;
        return copy?.state === "found"
          ? [[key.slice(PERSON.length).toLowerCase(), copy.value.slack]]
          : [];
      }),
    ));
  return {
    mappings: readable(all, parseMapping),
    destinations: readable(all, parseDestination),
    people,
    peopleIndex: {
      get slackIds() {
        return slackIds();
      },
      gitlabOf: (slack) => [...slackIds()].find(([, id]) => id === slack)?.[0] ?? null,
    },
  };
}

function readable<T>(
  documents: ReadonlyMap<string, DraftDocument>,
  parse: (key: string, text: string) => Compiled<T>,
): Readable<T> {
  const copies = new Map<string, Copy<T>>();
  return {
    get(key) {
      const copy = copies.get(key) ?? copyOf(documents.get(key), parse);
      copies.set(key, copy);
      return copy;
    },
  };
}

function copyOf<T>(
  document: DraftDocument | undefined,
  parse: (key: string, text: string) => Compiled<T>,
): Copy<T> {
  if (document === undefined) return { state: "absent", problem: null };
  if ("problem" in document) return { state: "unknown", problem: document.problem };
  const parsed = parse(document.key, document.text);
  return parsed.ok
    ? { state: "found", value: parsed.value, version: 0, problem: null }
    : { state: "unknown", problem: sayProblems(parsed.problems) };
}
