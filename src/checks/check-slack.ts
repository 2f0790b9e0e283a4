import { text } from "../json.ts";
import { APP_SCOPES, SCOPE_FIX } from "../slack/app-scopes.ts";
import type { SlackApi } from "../slack/call-slack.ts";
import { askSlack } from "./ask-slack.ts";
import { checked, error, warning, type Busy, type Check, type Finding } from "./check.ts";

const TOKEN_FIX =
  "Copy the Bot User OAuth Token (xoxb-…) of the app and set it: npx wrangler secret put SLACK_BOT_TOKEN.";

/** Who the bot token speaks for, and which scopes the app lacks. */
export async function checkSlack(slack: SlackApi | null): Promise<Check | Busy> {
  if (slack === null) {
    const finding = warning(
      "no_token",
      "SLACK_BOT_TOKEN is not set: nothing goes to channels, and nothing is answered in Slack.",
      `${TOKEN_FIX} Without destinations of type channel and without mapping/slack/… it is not needed.`,
    );
    return checked("slack", { bot: null }, [finding]);
  }
  const said = await askSlack(slack, "auth.test", {}, (answer) => ({
    team: text(answer["team"]),
    teamId: text(answer["team_id"]),
    bot: text(answer["user"]),
    url: text(answer["url"]),
    isBot: text(answer["bot_id"]) !== null,
  }));
  switch (said.is) {
    case "busy":
      return said.busy;
    case "wrong":
      return checked("slack", { bot: null }, [said.finding]);
    case "known": {
      const { isBot, ...facts } = said.value;
      const findings = [
        ...(isBot ? [] : [notABot(facts.bot)]),
        ...(said.scopes === null ? [] : lacking(said.scopes)),
      ];
      return checked("slack", { ...facts, scopes: said.scopes }, findings);
    }
  }
}

/** "auth.test": `bot_id` is there when the token is a bot's. */
function notABot(user: string | null): Finding {
  return error(
    "not_a_bot",
    `SLACK_BOT_TOKEN is the token of a person (${user ?? "unnamed"}), not of the app's bot: what Causeway writes would be that person's.`,
    TOKEN_FIX,
  );
}

/** A finding for each scope that the app should have and has not. */
function lacking(granted: string[]): Finding[] {
  return APP_SCOPES.flatMap(({ scope, goes, need }) => {
    if (need === "optional" || granted.includes(scope)) return [];
    const message = `The Slack app lacks the scope ${scope}, and with it goes: ${goes}.`;
    return need === "always"
      ? [error("missing_scope", message, SCOPE_FIX)]
      : [warning("missing_scope", message, `${SCOPE_FIX} Leave it if that is what you want.`)];
  });
}
