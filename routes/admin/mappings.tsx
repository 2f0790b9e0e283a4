import * as z from "zod/mini";
import { MappingsPage, rulesAt } from "../../src/console/mappings/mappings-page.tsx";
import { RULE_STATES, type RulesQuestion } from "../../src/operations/rules/rules-table.ts";
import { rulesEverywhere } from "../../src/operations/rules/rules-everywhere.ts";
import { createAdmin } from "./create-admin.ts";
import { isEditor } from "./is-editor.ts";
import { show } from "./show.tsx";

const RULES_A_PAGE = 100;

/** What a page that was mistyped asks for is as good as not asked for. */
const Asked = z.object({
  q: z.catch(z.string().check(z.maxLength(200)), ""),
  source: z.catch(z.enum(["gitlab", "slack", ""]), ""),
  to: z.catch(z.string().check(z.maxLength(512)), ""),
  state: z.catch(z.enum([...RULE_STATES, ""]), ""),
  after: z.catch(z.string().check(z.maxLength(600)), ""),
});

/** `/admin/mappings`: all rules of all mappings in one table. */
export const mappings = createAdmin().get("/mappings", async (c) => {
  const asked: RulesQuestion = Asked.parse(c.req.query());
  const now = Date.now();
  const { page, sendable, channels, problem, complete } = await rulesEverywhere(
    c.env,
    asked,
    RULES_A_PAGE,
    now,
  );
  return await show(
    c,
    {
      title: "Mappings",
      about: "What is posted where: every rule of every mapping, as a sentence.",
      place: "mappings",
    },
    <MappingsPage
      {...{ page, asked, sendable, channels, problem, complete, now }}
      back={rulesAt(asked)}
      mayChange={isEditor(c)}
    />,
  );
});
