import { afterAll, expect, it } from "vitest";
import { fixture, startWorld } from "./world.ts";

const world = await startWorld({
  "mapping/gitlab/gitlab-com": { rules: [{ name: "All", on: "*", to: "support" }] },
  "destination/support": { type: "channel", channel: "C0000000001", limit: "none" },
});
afterAll(() => world.stop());

it("receives and delivers", async () => {
  const id = await world.send(fixture("issue.open", "gitlab-com/support"));
  await world.settled();
  expect(await world.api(`/events/${id}`)).toMatchObject({ state: "delivered" });
  expect(world.slack.workspace.messages).toHaveLength(1);
});
