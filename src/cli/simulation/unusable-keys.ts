import type { Event } from "../../event.ts";
import { unreadKeys } from "../../linting/checks/unread-keys.ts";
import { mappingKeys, pathOfMapping } from "../../mappings/mapping-keys.ts";
import { documentProblems } from "../../publishing/document-problems.ts";
import type { DraftDocument } from "../../simulation/draft-configuration.ts";

/** The keys of the documents that nothing can be decided by: what they say is wrong, or nothing reads them. */
export function unusableKeys(documents: DraftDocument[]): string[] {
  const unread = unreadKeys({ keys: documents.map(({ key }) => key) })
    .filter(({ severity }) => severity === "error")
    .map(({ key }) => key);
  const broken = documents.filter(
    (document) => "problem" in document || documentProblems(document.key, document.text).length > 0,
  );
  return [...new Set([...broken.map(({ key }) => key), ...unread])].toSorted();
}

/**
 * Whether a document that cannot be used may have been meant for an event: it is a mapping that applies,
 * but for the case (`mapping/gitlab/Acme`) or the word before the path (`mapping/acme`, `mapping/github/acme`).
 */
export function mayBeMeantFor({ path, details }: Event, key: string): boolean {
  const [family, source = "", ...rest] = key.toLowerCase().split("/");
  if (family !== "mapping") return false;
  const wanted = details.of === "slack" ? "slack" : "gitlab";
  const paths = mappingKeys(wanted, path).map((applying) => pathOfMapping(applying.toLowerCase()));
  const within = rest.join("/");
  if (source === "gitlab" || source === "slack") return source === wanted && paths.includes(within);
  return paths.includes(within) || paths.includes([source, ...rest].join("/"));
}
