import type { Context } from "hono";
import { NO_NEWS } from "../../src/console/look-again.ts";
import {
  OverviewPage,
  OverviewParts,
  overviewTag,
  type OverviewProps,
} from "../../src/console/overview/overview-page.tsx";
import { knownChannelNames } from "../../src/operations/slack-names/channel-names.ts";
import { channelsOf } from "../../src/operations/slack-names/channels-of.ts";
import { overview as overviewOf } from "../../src/operations/overview/overview.ts";
import { createAdmin, type AdminEnv } from "./create-admin.ts";
import { isEditor } from "./is-editor.ts";
import { show } from "./show.tsx";

/** `/admin`: whether everything is well; and what of that page is asked for again and again. */
export const overview = createAdmin()
  .get("/", async (c) => {
    return await show(
      c,
      { title: "Overview", place: "overview" },
      <OverviewPage {...await look(c)} />,
    );
  })
  .get("/overview", async (c) => {
    const props = await look(c);
    const isFirst = c.req.query("new") === "yes" && props.overview.lastEventAt !== null;
    // The page of a new installation has no place for figures.
    if (isFirst) c.header("HX-Refresh", "true");
    const isNew = c.req.query("seen") !== overviewTag(props.overview);
    const { said = "" } = c.req.query();
    return await c.html(<OverviewParts {...props} said={said} />, 200, isNew ? {} : NO_NEWS);
  });

async function look(c: Context<AdminEnv>): Promise<OverviewProps> {
  const now = Date.now();
  const overview = await overviewOf(c.env, now);
  const channels = await channelsOf(c.env, loneDestinations(overview));
  return {
    overview,
    channels,
    names: knownChannelNames([...channels.values()], now),
    mayChange: isEditor(c),
    disabledHooks: Number(/^\d{1,6}$/.exec(c.req.query("disabled-hooks") ?? "")?.[0] ?? 0),
    now,
  };
}

/** The destinations that are named together with what to do about them: where only one has stopped. */
function loneDestinations({ needs: { urgent, notes } }: OverviewProps["overview"]): string[] {
  return [...urgent, ...notes].flatMap((need) => {
    if (need.is !== "stuck" || need.cause.stopped.length !== 1) return [];
    return need.cause.stopped.flatMap(({ destination }) => destination ?? []);
  });
}
