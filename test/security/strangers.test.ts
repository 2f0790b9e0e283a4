import { afterEach, beforeEach, describe, expect, it, test, vi } from "vitest";
import issueOpen from "../fixtures/gitlab/issue.open.json" with { type: "json" };
import { AMINA, CHANNEL, createSlackWorld, type SlackWorld } from "../relay/slack-world.ts";
import { deliver } from "../webhook.ts";
import { acme, endWorld, settled } from "../world.ts";

const URL_OF_ISSUE = "https://gitlab.example.com/acme/widgets/-/issues/1287";
const issue = acme({
  ...issueOpen,
  object_attributes: { ...issueOpen.object_attributes, url: URL_OF_ISSUE },
});

let world: SlackWorld;
beforeEach(async () => {
  world = await createSlackWorld({
    "mapping/gitlab/acme": { rules: [{ name: "New issues", on: "issue.*", to: "channel" }] },
    "destination/channel": { type: "channel", channel: CHANNEL, limit: "none" },
  });
  await deliver(issue);
  await settled();
});
afterEach(endWorld);

/** Slack says this besides of the person who asks, and of the app. */
function slackSays(user: object, app: object = {}): void {
  const fetching = vi.mocked(globalThis.fetch);
  const asBefore = fetching.getMockImplementation();
  fetching.mockImplementation(async (input, init) => {
    const { pathname } = new URL(new Request(input as RequestInfo).url);
    const response = await asBefore?.(input, init);
    if (response === undefined) throw new Error("there is no world");
    if (pathname !== "/api/users.info" && pathname !== "/api/auth.test") return response;
    const said: { user?: object } = await response.json();
    const more = pathname === "/api/auth.test" ? app : { user: { ...said.user, ...user } };
    return Response.json({ ...said, ...more });
  });
}

async function answerTo(text: string): Promise<string | undefined> {
  await world.slack.people.command(AMINA, CHANNEL, text);
  return world.slack.workspace.messages.findLast(({ onlyFor }) => onlyFor === AMINA)?.text;
}

const REFUSED = "Only full members of this workspace can ask that.";
const TOLD = expect.stringContaining("What became of");
/** What Slack says of people of other companies in channels that it shows the app: no stranger. */
const SHARED = { is_stranger: false, team_id: "T0OTHER" };
const GRID = { enterprise_id: "E0CAUSEWAY" };

describe("what became of an issue", () => {
  test.for<[name: string, user: object, app: object, answer: unknown]>([
    ["a member", {}, {}, TOLD],
    ["somebody of another company in a shared channel", SHARED, {}, REFUSED],
    [
      "somebody of another organisation in a shared channel",
      { ...SHARED, enterprise_user: { enterprise_id: "E0OTHER" } },
      GRID,
      REFUSED,
    ],
    [
      "a member of another workspace of the same organisation",
      { ...SHARED, enterprise_user: GRID },
      GRID,
      TOLD,
    ],
    ["somebody of whom Slack does not say where they belong", { team_id: null }, {}, REFUSED],
    ["a guest", { is_restricted: true }, {}, REFUSED],
    ["a guest of one channel", { is_ultra_restricted: true }, {}, REFUSED],
    ["a stranger", { is_stranger: true }, {}, REFUSED],
    ["somebody who has left", { deleted: true }, {}, REFUSED],
  ])("is answered so to %s", async ([, user, app, answer]) => {
    slackSays(user, app);
    expect(await answerTo(`why ${URL_OF_ISSUE}`)).toEqual(answer);
  });

  it("is told to nobody while Slack does not say where the app belongs", async () => {
    slackSays({}, { ok: false, error: "internal_error" });
    expect(await answerTo(`why ${URL_OF_ISSUE}`)).toMatch(/cannot tell whether you may ask/);
  });
});
