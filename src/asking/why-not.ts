import type { Env } from "../env.ts";
import { relayNameFor } from "../gitlab/event-path.ts";
import { subjectOfUrl } from "../gitlab/subject-of-url.ts";
import { bold, code, link, say, toMrkdwn } from "../messages/phrase.ts";
import { findRelay } from "../relay/all-relays.ts";
import type { EventAbout } from "../relay/events-about.ts";
import { slackDate } from "../slack/mrkdwn.ts";

const MAX_EVENTS = 3;
const MAX_RULES = 15;
const MAX_WHY = 300;

/**
 * What became of an issue or merge request, as mrkdwn: its latest events, and for each every rule with
 * the first condition that was false.
 */
export async function whyNot(env: Env, url: string): Promise<string> {
  const found = subjectOfUrl(url);
  if (found === null) {
    return "That is no address of a GitLab issue, work item, epic or merge request. Try `/causeway why https://gitlab.com/group/project/-/issues/12`.";
  }
  const relay = await findRelay(env, relayNameFor(found.path));
  const events = relay === null ? [] : await relay.eventsAbout(found.subject, MAX_EVENTS);
  const about = toMrkdwn(link(url, url));
  if (events.length === 0) {
    return [
      `Causeway knows of no event about ${about}.`,
      "• Nothing may have happened to it lately: events are kept for a week, unless RETENTION_DAYS says otherwise.",
      toMrkdwn(
        say`• Or GitLab did not tell: see Settings > Webhooks of ${code(found.path)} and of its groups, and “Recent events” there.`,
      ),
    ].join("\n");
  }
  // Whoever asks may be anybody: of what is confidential not even the conditions are quoted.
  if (events.some(({ confidential }) => confidential)) {
    const ids = events.map(({ id }) => toMrkdwn(code(id))).join(", ");
    return `That is confidential, so it is not told here. Whoever keeps Causeway can look up ${ids}.`;
  }
  return [`*What became of* ${about}`, ...events.map(inWords)].join("\n\n");
}

function inWords({ types, state, reason, receivedAt, rules, deliveries }: EventAbout): string {
  const why = reason === null || state === "delivered" ? say`` : say` (${reason})`;
  const sent = deliveries.map(({ destination, state: of, reason: because }) =>
    toMrkdwn(say`→ ${code(destination)}: ${of}${because === null ? say`` : say` (${because})`}`),
  );
  const shown = rules.slice(0, MAX_RULES).map(({ mapping, rule, matched, why: said }) => {
    const mark = matched ? ":white_check_mark:" : ":heavy_minus_sign:";
    const cut = said.length > MAX_WHY ? `${said.slice(0, MAX_WHY)}…` : said;
    return `${mark} ${toMrkdwn(say`${bold(rule)} of ${code(mapping)}: `)}${toMrkdwn(say`${cut}`)}`;
  });
  const more = rules.length - shown.length;
  return [
    `${slackDate(Date.parse(receivedAt))}: ${toMrkdwn(say`${code(types.join(", "))}, ${state}${why}`)}`,
    ...sent,
    ...(rules.length === 0 ? ["No mapping has a rule for its path."] : shown),
    ...(more > 0 ? [`… and ${more} more rules.`] : []),
  ].join("\n");
}
