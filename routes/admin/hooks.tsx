import * as z from "zod/mini";
import { backTo } from "../../src/console/back-to.ts";
import { disabledOf, HooksPage, hooksHref } from "../../src/console/hooks/hooks-page.tsx";
import { HooksSummary } from "../../src/console/hooks/hooks-summary.tsx";
import { enableHook } from "../../src/operations/hooks/enable-hook.ts";
import { hooksEverywhere } from "../../src/operations/hooks/hooks-everywhere.ts";
import { createAdmin } from "./create-admin.ts";
import { isEditor } from "./is-editor.ts";
import { say } from "./say.ts";
import { show } from "./show.tsx";

const Enable = z.object({
  owner: z.enum(["project", "group"]),
  path: z.string().check(z.minLength(1), z.maxLength(480)),
  hook: z.coerce.number().check(z.int(), z.positive()),
  back: z.optional(z.string()),
});

/** `/admin/hooks`: GitLab's webhooks that send here, and whether GitLab does. */
export const hooks = createAdmin()
  .get("/hooks", async (c) => {
    const { after = null, anew } = c.req.query();
    const worker = new URL(c.req.url).origin;
    const asked = { after, anew: anew !== undefined, now: Date.now };
    const seen = await hooksEverywhere(c.env, worker, asked);
    // A reload is not to ask GitLab once more.
    if (anew !== undefined) return c.redirect(hooksHref(after), 303);
    return await show(
      c,
      {
        title: "GitLab hooks",
        about: "The webhooks in GitLab that send here, and whether GitLab sends to them.",
        place: "hooks",
      },
      <HooksPage seen={seen} after={after} mayChange={isEditor(c)} now={Date.now()} />,
    );
  })
  .get("/hooks/summary", async (c) => {
    const worker = new URL(c.req.url).origin;
    const asked = { after: null, anew: false, now: Date.now };
    const seen = await hooksEverywhere(c.env, worker, asked);
    const mayChange = isEditor(c);
    // Whatever says how everything is goes by it.
    if (seen.look.asked && disabledOf(seen.look.hooks).length > 0) {
      c.header("HX-Trigger-After-Swap", "hooks-disabled");
    }
    return await c.html(<HooksSummary {...{ seen, mayChange }} now={Date.now()} />);
  })
  .post("/hooks/enable", async (c) => {
    const form = Enable.safeParse(await c.req.parseBody());
    if (!form.success) {
      say(c, "bad", "The form does not name a webhook. Open the page anew and try again.");
      return c.redirect(hooksHref(null), 303);
    }
    const { owner, path, hook: id, back } = form.data;
    const done = await enableHook(c.env, new URL(c.req.url).origin, { owner, path, id });
    if (done.ok) {
      say(
        c,
        "good",
        `The test of webhook ${id} of ${path} arrived (${done.trigger}). It was: ${done.before}. It is: ${done.now}.`,
      );
    } else say(c, "bad", done.message);
    return c.redirect(backTo(back), 303);
  });
