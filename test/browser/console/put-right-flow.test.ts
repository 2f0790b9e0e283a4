import { describe, expect, it } from "vitest";
import { fixture } from "../../cli/node/fixture.ts";
import { inChromium } from "./in-chromium.ts";

const SUPPORT = "C0000000001";

describe("what went wrong outside of Causeway", () => {
  const at = inChromium({
    "destination/private": { type: "channel", channel: "C0000000009" },
    [`mapping/slack/${SUPPORT}`]: {
      rules: [{ name: "Eyes", on: "reaction.eyes", to: "dm", message: "Ask in #help." }],
    },
    "mapping/gitlab/acme/private": {
      rules: [{ name: "Opened", on: "issue.open", to: "private", message: "{{ event.title }}" }],
    },
  });

  it("is on the overview, and what waited goes on at a press once it is mended", async () => {
    const { slack, send, api } = at.world();
    const pauses = async (): Promise<number> => {
      const { items } = await api<{ items: { pauses: unknown[] }[] }>("/problems");
      return items.flatMap((item) => item.pauses).length;
    };
    await send(fixture("issue.open", "acme/private"));
    await expect.poll(pauses, { timeout: 10_000 }).toBe(1);
    const page = await at.visit();
    await page.clock.install();
    const needs = page.getByRole("list", { name: "What needs you" });
    await needs.getByText("private is paused, and 1 message waits.").waitFor();
    expect(await needs.innerText()).toContain("What to do:");

    const { channels, messages } = slack.workspace;
    const [known] = channels;
    if (known === undefined) throw new Error("The stand-in has no channel.");
    channels.push({ ...known, id: "C0000000009", name: "private", members: [] });
    await needs.getByRole("button", { name: "Try private now" }).click();
    await page.getByRole("status").filter({ hasText: "private" }).waitFor();
    await expect.poll(() => messages.map(({ channel }) => channel)).toEqual(["C0000000009"]);
    await expect.poll(pauses, { timeout: 10_000 }).toBe(0);
    // The page looks again by itself.
    await page.clock.runFor(20_000);
    await page.getByText("Everything is well").waitFor();
  });

  it("is sent again all at once, with what became of it", async () => {
    const { slack, settled } = at.world();
    const { people, workspace } = slack;
    workspace.forget();
    const message = people.say("amina", SUPPORT, "Where do I ask?");
    workspace.faults.set({ on: "/api/conversations.open", fault: "archived" });
    for (const name of ["amina", "bruno", "chen"]) await people.react(name, message, "eyes");
    await settled();
    workspace.faults.clear();

    const page = await at.visit();
    await page.getByRole("link", { name: "Failed", exact: true }).click();
    await page
      .getByRole("button", { name: /^Retry all 3/ })
      .first()
      .click();
    await page.getByRole("heading", { name: "3 messages were sent again" }).waitFor({
      timeout: 20_000,
    });
    expect(await page.getByRole("main").innerText()).toContain("3 arrived");
    const sent = workspace.messages.filter(({ text }) => text === "Ask in #help.");
    expect(sent.length).toBe(3);
    await page.getByRole("link", { name: "To all that failed" }).click();
    await page.getByRole("heading", { level: 1, name: "Failed" }).waitFor();
    expect(await page.getByRole("button", { name: /^Retry/ }).count()).toBe(0);
  });
});
