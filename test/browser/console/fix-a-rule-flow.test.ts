import { describe, expect, it } from "vitest";
import { fixture } from "../../cli/node/fixture.ts";
import { inChromium } from "./in-chromium.ts";
import { signIn } from "./visit-console.ts";
import { writeOver } from "./write-yaml.ts";

const PROJECT = "gitlab-com/support/dotcom/cmoc-handover";
const ISSUE = `https://gitlab.example.com/${PROJECT}/-/issues/1287`;
const TITLE = "CMOC handover: EMEA to AMER, 2026-10-12";

describe("an event that did not post", () => {
  const at = inChromium({
    "destination/support": { type: "channel", channel: "C0000000001" },
    [`mapping/gitlab/${PROJECT}`]: {
      rules: [
        {
          name: "New handovers",
          on: "issue.open",
          when: { labels: { any: ["Escalation"] } },
          to: "support",
          message: "{{ event.title }} by {{ event.actor.name }}",
        },
      ],
    },
  });

  it("is found by its address, explained, and posted once its rule is right", async () => {
    const { slack, send, settled } = at.world();
    await send(fixture("issue.open", PROJECT));
    await settled();

    const page = await at.open();
    await signIn(page, "Amina Okafor", "test-admin-token");
    await page.getByRole("link", { name: "Events" }).click();
    await page.getByLabel("Words, an address or an id").fill(ISSUE);
    await page.waitForURL((url) => url.searchParams.get("q") === ISSUE);
    await page.getByRole("link", { name: TITLE }).click();

    const why = page.getByRole("region", { name: "Why, or why not" });
    await why.getByText("filtered").waitFor();
    const said = page.getByRole("region", { name: "What the rules said" });
    expect(await said.innerText()).toMatch(/did not[\s\S]*New handovers[\s\S]*labels/);
    await said.getByRole("link", { name: "New handovers" }).click();

    const preview = page.getByRole("region", { name: "What it would post" });
    await preview
      .getByText(/No rule matched|does not/)
      .first()
      .waitFor();
    await writeOver(page, "Escalation", '- "Handover*"');
    const message = preview.getByRole("article");
    await message.getByText(`${TITLE} by`).waitFor();
    expect(await message.innerText()).toContain("support");
    await preview.getByText(/matches$/).waitFor();

    const panel = page.getByRole("region", { name: "Publish" });
    await panel.getByRole("button", { name: "Publish without looking" }).waitFor();
    await panel.getByRole("button", { name: "See what changes" }).click();
    await panel.getByRole("heading", { name: "With the events that came" }).waitFor();
    expect(await panel.innerText()).toContain(TITLE);
    await panel.getByLabel("Why").fill("Handovers have another label");
    await panel.getByRole("button", { name: "Publish", exact: true }).click();

    await page.getByText("Published: all rules go by it from now on.").waitFor();
    expect(await page.getByRole("main").innerText()).toContain("Handovers have another label");
    expect(slack.workspace.messages).toEqual([]);

    await page.getByRole("link", { name: "Events" }).click();
    await page.getByRole("link", { name: TITLE }).click();
    await page.getByRole("link", { name: "Replay with today's rules" }).click();
    const today = page.getByRole("region", { name: "With today's rules" });
    await today.getByText(`${TITLE} by`).waitFor();
    await today.getByLabel("Send it to support").waitFor();
    await today.getByRole("button", { name: "Send what is ticked" }).click();

    const delivery = page.getByRole("article", { name: /^support/ });
    await delivery.getByText("delivered").first().waitFor();
    expect(slack.workspace.messages).toMatchObject([
      { channel: "C0000000001", text: expect.stringContaining(TITLE) as string },
    ]);
  });
});
