import { afterEach, beforeEach, describe, expect, it, test, vi } from "vitest";
import type { FaultName } from "../../src/sandbox/faults.ts";
import issueOpen from "../fixtures/gitlab/issue.open.json" with { type: "json" };
import { admin, deliver } from "../webhook.ts";
import {
  acme,
  createWorld,
  endWorld,
  evict,
  publish,
  settled,
  step,
  TITLES_TO_CHANNEL,
  type World,
} from "../world.ts";

const HOUR = 3_600_000;
const issue = acme(issueOpen);

/** Sets the clock back; a moment later something asks the Relay to go on. */
async function setBack(milliseconds: number): Promise<void> {
  vi.setSystemTime(Date.now() - milliseconds);
  await step(2_100);
}

describe("a clock that is set back", () => {
  let world: World;
  beforeEach(async () => {
    world = await createWorld();
    await publish("mapping/gitlab/acme", TITLES_TO_CHANNEL);
  });
  afterEach(endWorld);

  test.for<{ fault: FaultName; backHours: number }>([
    { fault: "server_error", backHours: 2 },
    { fault: "server_error", backHours: 48 },
    { fault: "rate_limited", backHours: 2 },
    { fault: "rate_limited", backHours: 48 },
  ])(
    "by $backHours hours does not make a message wait as long after $fault",
    async ({ fault, backHours }) => {
      vi.spyOn(Math, "random").mockReturnValue(0.9);
      world.slack.workspace.faults.set({ on: "*", fault, retryAfter: 2, times: 1 });
      const { id } = await deliver(issue);
      await settled();
      expect(await admin(`/events/${id}`)).toMatchObject({ state: "pending" });
      await setBack(backHours * HOUR);
      expect(await admin(`/events/${id}`)).toMatchObject({ state: "delivered" });
    },
  );

  it("does not keep an edit of a mapping from being seen", async () => {
    await deliver(issue);
    await settled();
    await publish("mapping/gitlab/acme", {
      rules: [{ name: "All", on: "issue.*", to: "channel", message: "edited" }],
    });
    await setBack(2 * HOUR);
    await deliver(issue);
    await settled();
    await step(2_000);
    expect(world.slack.workspace.messages.at(-1)?.text).toBe("edited");
  });

  it("does not keep an event waiting whose mapping can be read again", async () => {
    await publish("mapping/gitlab/acme", "{");
    const { id } = await deliver(issue);
    await settled();
    expect(await admin(`/events/${id}`)).toMatchObject({ state: "pending" });
    await publish("mapping/gitlab/acme", {
      rules: [{ name: "All", on: "issue.*", to: "channel", message: "mended" }],
    });
    await setBack(48 * HOUR);
    await step(1_000);
    expect(await admin(`/events/${id}`)).toMatchObject({ state: "delivered" });
  });

  it("leaves no event behind what was counted while it was far ahead", async () => {
    const DAY = 24 * HOUR;
    await deliver(issue);
    await settled();
    await step(10 * DAY);
    vi.setSystemTime(Date.now() - 10 * DAY);
    await deliver(issue);
    await evict();
    await step(16_000);
    expect(await admin("/ledger")).toMatchObject({
      total: { received: 2, delivered: 2, pending: 0 },
    });
  });
});
