import { destinationKey } from "../../src/mappings/destination-key.ts";
import type { Context } from "hono";
import type { Busy, Check } from "../../src/checks/check.ts";
import { presentTexts } from "../../src/relay/present-texts.ts";
import { PUBLISHER } from "../../src/relay/relay-name.ts";
import { readSettings } from "../../src/settings.ts";
import { slackApi } from "../../src/slack/call-slack.ts";
import { http, problem, type AppEnv } from "../http.ts";
import { badQuery } from "./bad-query.ts";
import { kvUnreadable } from "./kv-unreadable.ts";

const CHANNEL = /^[CDGUW][A-Z0-9]{2,}$/;

/**
 * Looks at one thing each, and says what is wrong with it and what to do: for `causeway doctor`.
 * 429 with `retryAfterSeconds`: Slack wants to be left alone for so long.
 */
export const checks = http
  .createApp()
  .get("/settings", async (c) => {
    const { checkSettings } = await import("../../src/checks/check-settings.ts");
    return c.json(await checkSettings(c.env));
  })
  .get("/delivery", async (c) => {
    const { checkDelivery } = await import("../../src/checks/check-delivery.ts");
    return c.json(await checkDelivery(c.env));
  })
  .get("/kv", async (c) => {
    const { checkKv } = await import("../../src/checks/check-kv.ts");
    const trouble = await c.env.RELAY.getByName(PUBLISHER).publishingTrouble();
    return c.json(await checkKv(c.env.MAPPINGS, Date.now, trouble));
  })
  .get("/slack", async (c) => {
    const { checkSlack } = await import("../../src/checks/check-slack.ts");
    return answer(c, await checkSlack(slackApi(c.env, readSettings(c.env))));
  })
  .get("/channels/:id", async (c) => {
    const id = c.req.param("id");
    if (!CHANNEL.test(id)) {
      const message = `"${id.slice(0, 80)}" is not a Slack id such as C0123456789.`;
      return problem(c, 400, "bad_channel", message, "id");
    }
    const { ChannelQuery } = await import("./channel-query.ts");
    const query = ChannelQuery.safeParse(c.req.query());
    if (!query.success) return badQuery(c, query.error.issues[0]);
    const { checkChannel } = await import("../../src/checks/check-channel.ts");
    return answer(c, await checkChannel(slackApi(c.env, readSettings(c.env)), id, query.data.use));
  })
  .get("/destinations/:name", async (c) => {
    const name = c.req.param("name");
    const key = destinationKey(name);
    const texts = await presentTexts(c.env, [key]);
    if (texts === null) return kvUnreadable(c);
    const { checkDestination } = await import("../../src/checks/check-destination.ts");
    return answer(c, await checkDestination(c.env, name, texts.get(key) ?? null));
  })
  // The same of a document that is not published yet: it is the body.
  .post("/destinations/:name", async (c) => {
    const { checkDestination } = await import("../../src/checks/check-destination.ts");
    return answer(c, await checkDestination(c.env, c.req.param("name"), await c.req.text()));
  });

function answer(c: Context<AppEnv>, check: Check | Busy): Response {
  if (!("busy" in check)) return c.json(check);
  const { retryAfterSeconds } = check;
  const message = `Slack asks for ${retryAfterSeconds} seconds of patience. Ask again then.`;
  c.header("retry-after", String(retryAfterSeconds));
  return c.json({ error: { code: "slack_busy", message, retryAfterSeconds } }, 429);
}
