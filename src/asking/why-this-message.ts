import type { Env } from "../env.ts";
import { relayNameFor } from "../gitlab/event-path.ts";
import { subjectOfUrl, urlsIn } from "../gitlab/subject-of-url.ts";
import { durationText } from "../messages/duration.ts";
import { code, link, say, toMrkdwn, type Phrase } from "../messages/phrase.ts";
import type { Explained } from "../relay/explain-delivery.ts";
import { findRelay } from "../relay/all-relays.ts";
import { parseId } from "../relay/ids.ts";
import { slackDate } from "../slack/mrkdwn.ts";
import type { SlackMessageFacts } from "../slack/slack-details.ts";

/** Each is a call of a Relay. */
const MAX_NAMESPACES = 3;

/**
 * Why a message came that Causeway sent, as mrkdwn for somebody in `channel`: the rule, the mapping and
 * who changed it last, the event, and how long it took. Null: the message is not one of Causeway's, or
 * too old to know.
 */
export async function whyThisMessage(
  env: Env,
  message: Pick<SlackMessageFacts, "notice" | "text" | "ts" | "byPerson">,
  channel: string,
): Promise<string | null> {
  if (message.byPerson === true) return null;
  const explained =
    message.notice === null
      ? await ofWorkflow(env, message.text ?? "", Number(message.ts) * 1000, channel)
      : await ofNotice(env, message.notice);
  // A mark that was copied into another channel says nothing there.
  if (explained === null || (explained.channel ?? channel) !== channel) return null;
  return sayWhy(explained, channel);
}

async function ofNotice(env: Env, notice: string): Promise<Explained | null> {
  const id = parseId(notice);
  if (id === null || id.n === null) return null;
  const relay = await findRelay(env, id.relay);
  return relay === null ? null : await relay.explain(id.key, id.n);
}

/** What a workflow posts carries no mark: it is known by the address that stands in it, and its channel. */
async function ofWorkflow(
  env: Env,
  text: string,
  at: number,
  channel: string,
): Promise<Explained | null> {
  const found = urlsIn(text).flatMap((url) => subjectOfUrl(url) ?? []);
  const subjects = found.map(({ subject }) => subject);
  const names = [...new Set(found.map(({ path }) => relayNameFor(path)))].slice(0, MAX_NAMESPACES);
  for (const name of names) {
    const relay = await findRelay(env, name);
    const explained = relay === null ? null : await relay.findNotice(subjects, channel, at);
    if (explained !== null) return explained;
  }
  return null;
}

function sayWhy(explained: Explained, channel: string): string {
  const { source, event, destination, rule, mapping } = explained;
  // What was said in one channel is not told in another.
  const isTold = rule !== null && (source === "gitlab" || event.path === channel);
  const about =
    event.url === null || !isTold
      ? say``
      : say`, about ${link(event.url, event.title ?? event.url)}`;
  const lines: Phrase[] = [
    rule === null
      ? say`It is an alert of Causeway's own, sent to ${code(destination)}.`
      : say`The rule “${rule}”${mapping === null ? say`` : say` of ${code(mapping.key)}`} sent it to ${code(destination)}.`,
    event.confidential
      ? say`The event is confidential; whoever keeps Causeway can look it up: ${code(event.id)}.`
      : say`The event was ${code(event.types.join(", "))}${about}.`,
  ];
  const said = lines.map((line) => `• ${toMrkdwn(line)}`);
  said.push(...took(explained).map((line) => `• ${line}`));
  if (mapping !== null) {
    const by =
      mapping.changedBy === null
        ? say`who published it is not recorded`
        : say`published by ${mapping.changedBy}`;
    said.push(
      `• This version of the mapping is in use since ${slackDate(mapping.since)}; ${toMrkdwn(by)}.`,
    );
  }
  return [`*Why this message?*`, ...said].join("\n");
}

/** How long it took, from where it happened. */
function took({ source, event, deliveredAt, attempts }: Explained): string[] {
  if (deliveredAt === null) return [];
  const { happenedAt, receivedAt } = event;
  const from = happenedAt !== null && happenedAt <= receivedAt ? happenedAt : receivedAt;
  const way =
    source === "slack"
      ? "From Slack and back"
      : from === happenedAt
        ? "From GitLab to Slack"
        : "From Causeway to Slack";
  const tries = attempts > 1 ? `, ${attempts} attempts` : "";
  return [
    `${way}: ${inSeconds(deliveredAt - from)} (it happened ${slackDate(from)}, came in ${inSeconds(receivedAt - from)} later, was posted ${inSeconds(deliveredAt - receivedAt)} after that${tries}).`,
  ];
}

function inSeconds(ms: number): string {
  const seconds = Math.max(0, ms) / 1000;
  if (seconds < 60) return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
  return durationText(seconds);
}
