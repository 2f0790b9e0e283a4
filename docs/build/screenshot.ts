import type { AddressInfo } from "node:net";
import { serve, type ServerType } from "@hono/node-server";
import type { Browser } from "playwright-core";
import type { SlackMessage } from "../../src/messages/templates/message-template.ts";
import { createSlack } from "../../src/sandbox/slack.ts";

const CHANNEL = "C0000000001";
const WIDTH = 860;
/** So that a picture changes only when a message does. */
const NOW = Date.parse("2026-10-16T09:41:00Z");

/** A picture of messages as the stand-in's page shows them, as PNG. */
export async function screenshot(
  browser: Browser,
  messages: SlackMessage[],
  look: "light" | "dark",
  width = WIDTH,
): Promise<Buffer> {
  const server = await served();
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  for (const message of messages) {
    const answer = await fetch(`${url}/api/chat.postMessage`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: "Bearer xoxb-gallery" },
      body: JSON.stringify({ channel: CHANNEL, ...message }),
    });
    const said = (await answer.json()) as { ok: boolean };
    if (!said.ok) throw new Error(`the stand-in refused a message: ${JSON.stringify(said)}`);
  }
  const page = await browser.newPage({
    viewport: { width, height: 600 },
    colorScheme: look,
    deviceScaleFactor: 1.5,
    bypassCSP: true,
  });
  await page.goto(url);
  // The messages alone, without what the page shows around them.
  await page.addStyleTag({
    content:
      "aside, main > :not(#messages), #messages h2, .sent, details { display: none !important } " +
      "body, main { display: block !important; height: auto !important } " +
      "#messages { overflow: visible !important; height: auto !important }",
  });
  const picture = await page.locator("#messages").screenshot();
  await page.close();
  server.close();
  return picture;
}

async function served(): Promise<ServerType> {
  return await new Promise<ServerType>((resolve) => {
    const { app } = createSlack({ now: () => NOW });
    const started: ServerType = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, () =>
      resolve(started),
    );
  });
}
