import type * as z from "zod/mini";
import { errorInWords } from "../words/error-in-words.ts";
import { compileMapping, type Compiled, type CompiledMapping } from "./compile-mapping.ts";
import { problemsOf } from "./problems.ts";
import { sourceOfMapping } from "./mapping-keys.ts";
import {
  CHANNEL_ID,
  Destination,
  GitlabMapping,
  SlackMapping,
  SlackPerson,
  type Mapping,
} from "./schema.ts";

/**
 * Reads a mapping document (`mapping/gitlab/<path>`, `mapping/slack/<channel id>`), all the way to
 * rules that can be matched.
 */
export function parseMapping(key: string, text: string): Compiled<CompiledMapping> {
  const read = readMapping(key, text);
  return read.ok ? compileMapping(key, read.value) : read;
}

/** Reads a mapping document as it was written. */
export function readMapping(key: string, text: string): Compiled<Mapping> {
  if (sourceOfMapping(key) === "gitlab") return readDocument(text, GitlabMapping);
  const channel = key.slice(key.lastIndexOf("/") + 1);
  if (channel === "*" || CHANNEL_ID.test(channel)) return readDocument(text, SlackMapping);
  const message = `nothing reads ${key}: its last part has to be a channel id such as C0123456789 (in Slack: channel details, at the bottom), or *.`;
  return { ok: false, problems: [{ path: "", message }] };
}

/** Reads a destination document (`destination/<name>`). */
export function parseDestination(_key: string, text: string): Compiled<Destination> {
  return readDocument(text, Destination);
}

/** Reads a person document (`person/<gitlab username>`). */
export function parsePerson(_key: string, text: string): Compiled<SlackPerson> {
  return readDocument(text, SlackPerson);
}

function readDocument<Schema extends z.ZodMiniType>(
  text: string,
  schema: Schema,
): Compiled<z.infer<Schema>> {
  let input: unknown;
  try {
    input = JSON.parse(text);
  } catch (error) {
    const reason = errorInWords(error);
    return { ok: false, problems: [{ path: "", message: `the document is not JSON: ${reason}` }] };
  }
  try {
    const parsed = schema.safeParse(input);
    if (parsed.success) return { ok: true, value: parsed.data };
    return { ok: false, problems: problemsOf(parsed.error, schema, input) };
  } catch (error) {
    // Zod compares the `length` of whatever stands where a text or a list belongs.
    const message = text.includes('"length"')
      ? 'an object has a key "length" where a text or a list belongs.'
      : `it cannot be read: ${String(error)}`;
    return { ok: false, problems: [{ path: "", message }] };
  }
}
