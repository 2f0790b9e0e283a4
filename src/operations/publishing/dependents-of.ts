import { DESTINATIONS } from "../../mappings/destination-key.ts";
import type { Env } from "../../env.ts";
import { readMapping } from "../../mappings/parse-document.ts";
import { documentKind } from "../../publishing/document-kind.ts";
import { readSettings } from "../../settings.ts";
import { mappingsNaming } from "../backtest/backtest-scope.ts";
import { publishedTexts } from "./published-texts.ts";

/** What would miss a document: rules that send to it (`rule` null: the mapping cannot be read), and settings. */
export type Dependents = { rules: { mapping: string; rule: string | null }[]; settings: string[] };

/** What depends on a document being there. */
export async function dependentsOf(env: Env, key: string): Promise<Dependents> {
  if (documentKind(key) !== "destination") return { rules: [], settings: [] };
  const name = key.slice(DESTINATIONS.length);
  const { items } = await publishedTexts(env);
  const naming = new Set(mappingsNaming(name, items));
  return {
    rules: items
      .filter((each) => naming.has(each.key))
      .flatMap(({ key: mapping, text }): Dependents["rules"] => {
        const read = readMapping(mapping, text);
        if (!read.ok) return [{ mapping, rule: null }];
        return read.value.rules
          .filter(({ to }) => [to].flat().includes(name))
          .map((rule) => ({ mapping, rule: rule.name }));
      }),
    settings: readSettings(env).alertsTo.includes(name) ? ["ALERTS_TO"] : [],
  };
}
