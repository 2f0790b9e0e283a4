import { confidentialRules } from "./checks/confidential-rules.ts";
import {
  addressesInClear,
  unknownDestinations,
  unusedDestinations,
} from "./checks/destinations.ts";
import { emojiAliases, unknownTypes } from "./checks/event-types.ts";
import { everybodyMentioned } from "./checks/everybody-mentioned.ts";
import { fieldsRead } from "./checks/fields-read.ts";
import { fieldsInSingleBraces } from "./checks/fields-in-single-braces.ts";
import { idleMappings } from "./checks/idle-mappings.ts";
import { neverMatches } from "./checks/never-matches.ts";
import { samePerson, unknownPeople } from "./checks/people.ts";
import { placeholders } from "./checks/placeholders.ts";
import { shadowedRules } from "./checks/shadowed-rules.ts";
import { sharedAcrossGroups, sharedTargets } from "./checks/shared-targets.ts";
import { unreadKeys } from "./checks/unread-keys.ts";
import { unusableDocuments } from "./checks/unusable-documents.ts";
import {
  undeclaredVariables,
  unfilledVariables,
  unusedMessages,
} from "./checks/workflow-variables.ts";
import type { Finding, LintedDocument } from "./finding.ts";
import type { Draft } from "./draft.ts";
import { readDraft } from "./read-draft.ts";

export type { Finding, LintedDocument } from "./finding.ts";

const CHECKS: ((draft: Draft) => Finding[])[] = [
  unusableDocuments,
  unreadKeys,
  unknownTypes,
  emojiAliases,
  neverMatches,
  shadowedRules,
  unknownDestinations,
  confidentialRules,
  fieldsRead,
  fieldsInSingleBraces,
  undeclaredVariables,
  unusedMessages,
  everybodyMentioned,
  unknownPeople,
  idleMappings,
  unfilledVariables,
  addressesInClear,
  sharedTargets,
  sharedAcrossGroups,
  samePerson,
  placeholders,
];

/**
 * Everything that can be known to be wrong with a configuration without asking anybody: `documents`
 * are all of them, `alertsTo` the destinations that the setting `ALERTS_TO` names, if that is known. In the order of the
 * documents. Never throws.
 */
export function lintDocuments(
  documents: LintedDocument[],
  alertsTo: string[] | null = null,
): Finding[] {
  const draft = readDraft(documents);
  const found = [
    ...CHECKS.flatMap((check) => check(draft)),
    ...unusedDestinations(draft, alertsTo),
  ];
  const order = new Map(draft.keys.map((key, index) => [key, index]));
  return found.toSorted((a, b) => (order.get(a.key) ?? 0) - (order.get(b.key) ?? 0));
}
