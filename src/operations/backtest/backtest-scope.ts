import { DESTINATIONS } from "../../mappings/destination-key.ts";
import { SLACK_MAPPINGS, GITLAB_MAPPINGS } from "../../mappings/mapping-keys.ts";
import { readMapping } from "../../mappings/parse-document.ts";
import { isWithin } from "../../gitlab/event-path.ts";
import { documentKind } from "../../publishing/document-kind.ts";
import type { BacktestScope } from "./backtest-page.ts";

type Text = { key: string; text: string };

/**
 * The events of which a document can decide who is told: of a mapping those of its path, of a destination
 * those of the mappings that name it. Null: of none, for it is a person's.
 */
export function scopeOf(key: string, documents: Text[]): BacktestScope | null {
  switch (documentKind(key)) {
    case "gitlab mapping":
    case "slack mapping":
      return scopeOfMappings([key]);
    case "destination":
      return scopeOfMappings(mappingsNaming(key.slice(DESTINATIONS.length), documents));
    case "person":
    case null:
      return null;
  }
}

/** The mappings with a rule that goes to a destination; one that cannot be read might have one. */
export function mappingsNaming(destination: string, documents: Text[]): string[] {
  return documents
    .filter(({ key }) => key.startsWith("mapping/"))
    .filter(({ key, text }) => {
      if (!text.includes(JSON.stringify(destination))) return false;
      const read = readMapping(key, text);
      return !read.ok || read.value.rules.some(({ to }) => [to].flat().includes(destination));
    })
    .map(({ key }) => key);
}

/** The documents that events of a scope could need: mappings above and below its paths, and destinations. */
export function documentsWithin(scope: BacktestScope, documents: Text[]): Text[] {
  return documents.filter(({ key }) => {
    switch (documentKind(key)) {
      case "gitlab mapping":
        return isNear(key.slice(GITLAB_MAPPINGS.length), scope.gitlab);
      case "slack mapping":
        return isNear(key.slice(SLACK_MAPPINGS.length), scope.slack);
      case "destination":
        return true;
      // They decide whom a message names, not who gets it.
      case "person":
      case null:
        return false;
    }
  });
}

function isNear(place: string, paths: string[] | null): boolean {
  if (paths === null) return true;
  if (place === "*") return paths.length > 0;
  return paths.some((path) => isWithin(place, path) || isWithin(path, place));
}

function scopeOfMappings(keys: string[]): BacktestScope {
  return { gitlab: pathsOf(GITLAB_MAPPINGS, keys), slack: pathsOf(SLACK_MAPPINGS, keys) };
}

function pathsOf(prefix: string, keys: string[]): string[] | null {
  const paths = keys.filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
  return paths.includes("*") ? null : paths;
}
