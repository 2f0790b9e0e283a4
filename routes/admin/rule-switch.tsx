import * as z from "zod/mini";
import { backTo } from "../../src/console/back-to.ts";
import { SwitchConflict } from "../../src/console/mappings/switch-conflict.tsx";
import { switchRule } from "../../src/operations/rules/switch-rule.ts";
import { switchedInWords } from "../../src/operations/rules/switched-in-words.ts";
import { createAdmin } from "./create-admin.ts";
import { say } from "./say.ts";
import { show } from "./show.tsx";

const Form = z.object({
  mapping: z.string(),
  rule: z.string(),
  etag: z.string(),
  on: z.enum(["true", "false"]),
  back: z._default(z.string(), "/admin/mappings"),
});

/** POST `/admin/rules/switch`: switches one rule on or off, by publishing its mapping anew. */
export const ruleSwitch = createAdmin().post("/rules/switch", async (c) => {
  const form = Form.safeParse(await c.req.parseBody());
  if (!form.success) {
    say(c, "bad", "Nothing was switched: the form was not complete. Try it again from this page.");
    return c.redirect("/admin/mappings", 303);
  }
  const { mapping, rule, etag, on } = form.data;
  const back = backTo(form.data.back);
  const by = c.get("visitor").name;
  const switched = await switchRule(c.env, { key: mapping, rule, etag, on: on === "true", by });
  if (switched.status === "conflict") {
    const isOwn = switched.document.by === by;
    const title = `${isOwn ? "You" : "Somebody"} changed this meanwhile`;
    return await show(
      c,
      { title, place: "mappings", status: 409 },
      <SwitchConflict name={rule} conflict={switched} isOwn={isOwn} back={back} now={Date.now()} />,
    );
  }
  const { kind, text } = switchedInWords(switched, mapping, on === "true");
  say(c, kind, text);
  return c.redirect(back, 303);
});
