import type { Json } from "../json.ts";
import { parseDestination, parsePerson, readMapping } from "../mappings/parse-document.ts";
import type { Destination, SlackPerson } from "../mappings/schema.ts";
import { documentKind } from "./document-kind.ts";
import { mappingInWords } from "./mapping-in-words.ts";
import { fingerprint } from "./fingerprint.ts";
import { listsInWords } from "./lists-in-words.ts";

/**
 * What another text of a document changes in what happens, a sentence each without its full stop; null
 * is no document. Addresses of Slack's are in none of them. Nothing, where only the text differs.
 */
export function changesInWords(key: string, before: string | null, after: string | null): string[] {
  if (before !== null && after !== null && fingerprint(before) === fingerprint(after)) return [];
  const broken = before !== null && !isJson(before);
  const said = wordsOf(key, broken ? null : before, after);
  return broken ? ["what was there is not JSON", ...said] : said;
}

function wordsOf(key: string, before: string | null, after: string | null): string[] {
  switch (documentKind(key)) {
    case "gitlab mapping":
    case "slack mapping": {
      const read = (text: string | null) => usable(text, (each) => readMapping(key, each));
      return both(before, after, read, mappingInWords);
    }
    case "destination": {
      const read = (text: string | null) => usable(text, (each) => parseDestination(key, each));
      return both(before, after, read, destinationInWords);
    }
    case "person": {
      const read = (text: string | null) => usable(text, (each) => parsePerson(key, each));
      return both(before, after, read, personInWords);
    }
    case null:
      return [];
  }
}

type Read<T> = { ok: true; value: T } | { ok: false };

function usable<T>(text: string | null, read: (text: string) => Read<T>): Read<T | null> {
  return text === null ? { ok: true, value: null } : read(text);
}

function both<T>(
  before: string | null,
  after: string | null,
  read: (text: string | null) => Read<T | null>,
  say: (before: T | null, after: T | null) => string[],
): string[] {
  const [was, is] = [read(before), read(after)];
  if (!is.ok) return ["it cannot be used as it is then"];
  if (!was.ok) return ["what was there could not be used", ...say(null, is.value)];
  return say(was.value, is.value);
}

function destinationInWords(before: Destination | null, after: Destination | null): string[] {
  if (after === null) return ["nothing can be sent there any more"];
  if (before === null) {
    const confidential = after.confidential === true ? ["confidential events too"] : [];
    return [[placeOf(after), limitOf(after), ...confidential].join(", ")];
  }
  const said: string[] = [];
  if (placeOf(before) !== placeOf(after)) {
    said.push(`goes to ${placeOf(after)}; before, to ${placeOf(before)}`);
  } else if (addressOf(before) !== addressOf(after)) {
    said.push("goes to another address");
  }
  if (limitOf(before) !== limitOf(after)) {
    said.push(`${limitOf(after)}; before, ${limitOf(before)}`);
  }
  if ((before.confidential ?? false) !== (after.confidential ?? false)) {
    said.push(
      after.confidential === true
        ? "may be told of confidential events now"
        : "is not told of confidential events any more",
    );
  }
  const [was, is] = [variablesOf(before), variablesOf(after)];
  said.push(...listsInWords(was, is, "gets the variable", "no longer gets the variable"));
  if (before.type !== "channel" && after.type !== "channel" && before.channel !== after.channel) {
    said.push(
      after.channel === undefined
        ? "is not said any more to show in a channel"
        : `is said to show in ${after.channel}`,
    );
  }
  return said;
}

function placeOf(destination: Destination): string {
  switch (destination.type) {
    case "channel":
      return `channel ${destination.channel}`;
    case "workflow":
      return `a workflow${secretOf(destination.url)}`;
    case "webhook":
      return `an incoming webhook${secretOf(destination.url)}`;
  }
}

function secretOf(url: string): string {
  return url.startsWith("secret:") ? ` (${url})` : "";
}

function addressOf(destination: Destination): string {
  return destination.type === "channel" ? destination.channel : destination.url;
}

function limitOf({ limit }: Destination): string {
  if (limit === undefined) return "at Slack's pace";
  return limit === "none" ? "without a limit" : `at most ${limit}`;
}

function variablesOf(destination: Destination): string[] {
  return destination.type === "workflow" ? (destination.variables ?? []) : [];
}

function personInWords(before: SlackPerson | null, after: SlackPerson | null): string[] {
  if (after === null) return ["is nobody in Slack any more"];
  if (before === null) return [`is ${after.slack} in Slack`];
  return before.slack === after.slack
    ? []
    : [`is ${after.slack} in Slack; before, ${before.slack}`];
}

function isJson(text: string): boolean {
  try {
    const json = JSON.parse(text) as Json;
    return json !== undefined;
  } catch {
    return false;
  }
}
