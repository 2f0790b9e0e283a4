import type { Finding } from "../finding.ts";
import type { Draft } from "../draft.ts";

const PINGS = /<!(channel|here|everyone)(\|[^>]*)?>/;
const LOOKS_LIKE = /(?<![\w@])@(channel|here|everyone)\b/;

/** Templates whose own words call everybody in a channel. */
export function everybodyMentioned({ mappings }: Draft): Finding[] {
  return mappings.flatMap(({ key, rules }) =>
    rules.flatMap(({ templates }) =>
      templates.flatMap(({ path, words }): Finding[] => {
        const said = words.join("");
        const ping = PINGS.exec(said)?.[0];
        const lookalike = LOOKS_LIKE.exec(said)?.[0];
        // What a workflow is given, or GitLab, opens no mention in Slack.
        const message = /\]\.message\b/.test(path)
          ? sentence(ping, lookalike)
          : sentence(undefined, ping ?? lookalike);
        return message === null
          ? []
          : [{ key, path, severity: "warning", code: "mentions-everybody", message }];
      }),
    ),
  );
}

function sentence(ping: string | undefined, lookalike: string | undefined): string | null {
  if (ping !== undefined) {
    return `${ping} notifies everybody there, each time the rule sends. Mention who has to act: a person (<@U…>) or a user group (<!subteam^S…>).`;
  }
  return lookalike === undefined
    ? null
    : `${lookalike} notifies nobody here, and everybody takes it for a call. Mention who has to act: a person (<@U…>) or a user group (<!subteam^S…>).`;
}
