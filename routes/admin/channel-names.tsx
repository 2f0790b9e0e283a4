import { NamesThatCame } from "../../src/console/slack-names/channel-name.tsx";
import { CHANNEL_ID } from "../../src/mappings/schema.ts";
import {
  askChannelNames,
  channelsToAskFor,
} from "../../src/operations/slack-names/channel-names.ts";
import { createAdmin } from "./create-admin.ts";
import { slackOf } from "./slack-of.ts";

/** What channels are called, for pages that have shown their ids. */
export const channelNames = createAdmin().get("/channel-names", async (c) => {
  const ids = (c.req.queries("channel") ?? []).filter((id) => CHANNEL_ID.test(id));
  const slack = slackOf(c.env);
  if (slack === null) return c.body(null, 200);
  const { names, wait } = await askChannelNames(slack, ids, Date.now);
  const others = wait === null ? [] : channelsToAskFor(ids, Date.now());
  return await c.html(<NamesThatCame names={names} others={others} wait={wait ?? 0} />);
});
