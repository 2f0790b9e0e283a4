import { DESTINATIONS } from "../mappings/destination-key.ts";
import { answeredInWords } from "../mappings/answered-in-words.ts";
import type { Compiled } from "../mappings/compile-mapping.ts";
import { sourceOfMapping } from "../mappings/mapping-keys.ts";
import { parseDestination, readMapping } from "../mappings/parse-document.ts";
import { readDocuments } from "../mappings/read-documents.ts";
import { ruleInWords } from "../mappings/rule-in-words.ts";
import type { Mapping, Rule } from "../mappings/schema.ts";
import { bold, code, say, toMrkdwn } from "../messages/phrase.ts";

/** A Worker's share of KV operations and of patience: Slack waits three seconds. */
const MAX_DOCUMENTS = 2_000;
const MAX_RULES = 40;
const BROKEN =
  ":warning: The mapping of this channel has a mistake, so its new version is not used. Whoever keeps Causeway sees it in `/admin/api/problems`.";

/** What a channel receives and what is answered in it, as mrkdwn, from the documents in KV. */
export async function channelRules(kv: KVNamespace, channel: string): Promise<string> {
  const destinations = await readDocuments(kv, DESTINATIONS, MAX_DOCUMENTS);
  const names = destinations.flatMap(({ key, text }) => {
    const parsed = parseDestination(key, text);
    return parsed.ok && parsed.value.channel === channel ? [key.slice(DESTINATIONS.length)] : [];
  });
  const mappings = (await readDocuments(kv, "mapping/", MAX_DOCUMENTS)).map(({ key, text }) => ({
    key,
    read: readMapping(key, text),
  }));
  const told = mappings.flatMap(({ key, read }) =>
    rulesOf(read)
      .filter(({ to }) => [to].flat().some((name) => names.includes(name)))
      .map((rule) => line(key, rule)),
  );
  const own = mappings.find(({ key }) => key === `mapping/slack/${channel}`);
  const common = mappings.find(({ key }) => key === "mapping/slack/*");
  const hidesCommon = own?.read.ok === true && own.read.value.inherit === false;
  const answered = [own, hidesCommon ? undefined : common].flatMap((mapping) =>
    mapping === undefined ? [] : rulesOf(mapping.read).map((rule) => line(mapping.key, rule)),
  );
  const broken = own?.read.ok === false ? [BROKEN] : [];
  if (told.length + answered.length + broken.length === 0) {
    return [
      "No rule tells or answers anything in this channel, as far as Causeway knows.",
      toMrkdwn(
        say`A workflow or webhook that posts here is known only if its destination names the channel: whoever keeps Causeway can add ${code(`channel: ${channel}`)} to it.`,
      ),
    ].join(" ");
  }
  return [
    ...part("*This channel is told*", told),
    ...part("*Answered in this channel*", answered),
    ...broken,
  ].join("\n");
}

function part(heading: string, lines: string[]): string[] {
  if (lines.length === 0) return [];
  const more = lines.length - MAX_RULES;
  return [heading, ...lines.slice(0, MAX_RULES), ...(more > 0 ? [`… and ${more} more.`] : [])];
}

function line(key: string, rule: Rule): string {
  const to = [rule.to].flat().map(answeredInWords);
  const where =
    sourceOfMapping(key) === "gitlab"
      ? say` in ${code(key.replace("mapping/gitlab/", ""))}`
      : say`, answered ${to.join(" and ")}`;
  return `• ${toMrkdwn(say`${bold(rule.name)}: ${ruleInWords(rule)}${where}`)}`;
}

function rulesOf(read: Compiled<Mapping>): Rule[] {
  return read.ok ? read.value.rules : [];
}
