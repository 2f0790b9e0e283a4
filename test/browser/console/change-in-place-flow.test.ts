import { describe, expect, it } from "vitest";
import { fixture } from "../../cli/node/fixture.ts";
import { inChromium } from "./in-chromium.ts";

const CHANNEL = "C0000000001";

describe("what is changed where it stands", () => {
  const at = inChromium({
    "destination/support": { type: "channel", channel: CHANNEL },
    "mapping/gitlab/acme": { rules: [{ name: "Opened", on: "issue.open", to: "support" }] },
    [`mapping/slack/${CHANNEL}`]: {
      rules: [{ name: "Eyes", on: "reaction.eyes", to: "thread", message: "Somebody looks." }],
    },
    "person/amina": { slack: "U0000000001" },
  });

  it("a rule is switched off and on", async () => {
    const { send, settled, slack } = at.world();
    const page = await at.visit();
    await page.getByRole("link", { name: "Mappings" }).click();
    const off = page.getByRole("button", { name: /^switch off ?: Opened$/ });
    const on = page.getByRole("button", { name: /^switch on ?: Opened$/ });
    await off.click();
    await on.waitFor();
    await send(fixture("issue.open", "acme/a"));
    await settled();
    expect(slack.workspace.messages).toEqual([]);

    await on.click();
    await off.waitFor();
    await send(fixture("issue.open-no-assignees", "acme/a"));
    await expect.poll(() => slack.workspace.messages.length).toBe(1);
  });

  it("a reaction's text is what is said from then on", async () => {
    const { people, workspace } = at.world().slack;
    workspace.forget();
    const page = await at.visit();
    await page.getByRole("link", { name: "Reactions" }).click();
    await page.getByRole("link", { name: "Somebody looks." }).click();
    const text = page.getByLabel(/^What is answered to/);
    // Whoever uses the keyboard is where they type.
    await expect.poll(async () => await page.evaluate("document.activeElement.name")).toBe("text");
    await text.fill("{{ event.actor | mention }} looks at it.");
    await page.getByText("looks at it.").waitFor();
    await page.getByRole("button", { name: "Publish", exact: true }).click();
    await page.getByRole("link", { name: "‹actor› looks at it." }).waitFor();

    const message = people.say("chen", CHANNEL, "Can somebody look?");
    await people.react("bruno", message, "eyes");
    await expect
      .poll(() => workspace.messages.at(-1))
      .toMatchObject({ threadTs: message.ts, text: "<@U0000000002> looks at it." });
  });

  it("a person is added by their name in Slack", async () => {
    const page = await at.visit();
    await page.getByRole("link", { name: "People" }).click();
    await page.getByLabel("GitLab username", { exact: true }).fill("chen");
    await page.getByLabel(/^Slack member/).fill("Chen Wei");
    await page.getByRole("button", { name: "Add" }).click();
    await page.getByRole("radio", { name: "U0000000003" }).check();
    await page.getByRole("button", { name: "Add" }).click();
    await page.getByText(/^Published: chen is U0000000003 in Slack/).waitFor();
    const { text } = await at.world().api<{ text: string }>("/documents/person/chen");
    expect(JSON.parse(text)).toEqual({ slack: "U0000000003" });
  });

  it("a person who is removed is counted no more among those in Slack", async () => {
    const page = await at.visit();
    await page.getByRole("link", { name: "People" }).click();
    const inSlack = page.locator("#in-slack");
    await inSlack.getByText("All 2 are there.").waitFor();
    await page.getByRole("link", { name: "Change chen" }).click();
    await page.getByText("Remove …").click();
    await page.getByRole("button", { name: "Remove chen" }).click();
    await page.getByText(/^Removed: messages mention chen no more/).waitFor();
    await inSlack.getByText("The one person is there.").waitFor();
    expect(await inSlack.getByText("All 2 are there.").count()).toBe(0);
  });
});
