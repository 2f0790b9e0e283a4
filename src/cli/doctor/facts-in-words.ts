import type { Check, Fact } from "../../checks/check.ts";
import { counted } from "../../words/counted.ts";
import { lasted } from "../terminal/lasted.ts";
import { moment } from "../terminal/moment.ts";
import type { Question } from "./questions.ts";

type Facts = Record<string, Fact>;

/** The facts of an answer that tell a reader which thing it is about, and how it does; may be empty. */
export function factsInWords({ group, name, facts }: Check & Pick<Question, "group">): string {
  switch (group) {
    case "Worker":
      return workerInWords(name, facts);
    case "Slack":
      return has(facts, "bot")
        ? `${said(facts, "bot")} in ${said(facts, "team")} (${said(facts, "url")})`
        : "";
    case "Destinations":
      return listed([
        said(facts, "type"),
        channelInWords(facts),
        facts["paused"] === true ? "paused: messages wait" : "",
      ]);
    case "Channels with answers":
      return channelInWords(facts);
  }
}

function workerInWords(name: string, facts: Facts): string {
  switch (name) {
    case "settings":
      return `${numbered(facts, "secrets", "secret is", "secrets are")} set`;
    case "kv":
      return has(facts, "mappings")
        ? listed([
            numbered(facts, "mappings", "mapping", "mappings"),
            numbered(facts, "destinations", "destination", "destinations"),
            numbered(facts, "people", "person", "people"),
            `read in ${said(facts, "milliseconds")} ms`,
          ])
        : "";
    default:
      return listed([
        has(facts, "lastEventAt") ? `last event ${moment(said(facts, "lastEventAt"))}` : "",
        said(facts, "oldestPendingSeconds") === "0"
          ? "nothing waits"
          : `the oldest message has waited for ${lasted(Number(said(facts, "oldestPendingSeconds")))}`,
      ]);
  }
}

function channelInWords(facts: Facts): string {
  const id = said(facts, "memberName") || said(facts, "channel");
  return listed([
    has(facts, "channelName") ? `#${said(facts, "channelName")}` : id,
    facts["isPrivate"] === true ? "private" : "",
    facts["confidential"] === true ? "takes confidential events" : "",
  ]);
}

function has(facts: Facts, name: string): boolean {
  return said(facts, name) !== "";
}

function said(facts: Facts, name: string): string {
  const fact = facts[name] ?? "";
  return Array.isArray(fact) ? fact.join(", ") : String(fact);
}

/** `1 mapping`, `2 mappings`: of a number, or of what a list holds. */
function numbered(facts: Facts, name: string, one: string, several: string): string {
  const fact = facts[name];
  const count = Array.isArray(fact) ? fact.length : Number(fact);
  return counted(count, one, several);
}

function listed(parts: string[]): string {
  return parts.filter((part) => part !== "").join(", ");
}
