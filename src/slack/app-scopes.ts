/**
 * A scope that the Slack app may have, and what goes with it. `need`: without `always` nothing goes,
 * without `feature` some things do not, and `optional` ones are left out by most.
 */
export type AppScope = { scope: string; goes: string; need: "always" | "feature" | "optional" };

/**
 * The bot scopes of slack-app-manifest.yaml; test/docs/node/app-manifest.test.ts holds the two together.
 *
 * @see https://docs.slack.dev/reference/scopes
 */
export const APP_SCOPES: readonly AppScope[] = [
  { scope: "chat:write", goes: "every message of the bot", need: "always" },
  {
    scope: "chat:write.public",
    goes: "notices in public channels that the bot is not in",
    need: "feature",
  },
  {
    scope: "im:write",
    goes: "answers to one person directly",
    need: "feature",
  },
  { scope: "reactions:read", goes: "answers to reactions", need: "feature" },
  {
    scope: "channels:history",
    goes: "the message that somebody reacted to, in public channels",
    need: "feature",
  },
  {
    scope: "groups:history",
    goes: "the message that somebody reacted to, in private channels",
    need: "feature",
  },
  { scope: "channels:read", goes: "names of public channels, and welcomes", need: "feature" },
  { scope: "groups:read", goes: "names of private channels, and welcomes", need: "feature" },
  { scope: "users:read", goes: "names of people, and who is a bot or a guest", need: "feature" },
  { scope: "usergroups:read", goes: "user groups in a rule's who", need: "feature" },
  { scope: "commands", goes: "shortcuts and /causeway", need: "feature" },
  {
    scope: "users:read.email",
    goes: "finding people by e-mail address: causeway people import --by-email",
    need: "optional",
  },
];

/** What to do about a scope that the app lacks. */
export const SCOPE_FIX =
  "Paste slack-app-manifest.yaml into the app's settings (App Manifest) and install it again.";
