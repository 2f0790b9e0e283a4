import type { RulesQuestion, RuleState } from "../../operations/rules/rules-table.ts";
import { Choice, optionsNamed } from "../choice.tsx";
import { SearchForm } from "../search-form.tsx";

const SOURCES: [source: string, words: string][] = [
  ["gitlab", "GitLab"],
  ["slack", "Slack"],
];

const STATES: Record<RuleState, string> = {
  on: "on",
  off: "off",
  shadow: "shadow: records only",
  paused: "destination paused",
  unused: "destination never used",
  quiet: "nothing in 7 days",
  broken: "cannot work",
};

/** What to look for among the rules. */
export function RulesFilters({ asked, names }: { asked: RulesQuestion; names: string[] }) {
  return (
    <SearchForm action="/admin/mappings" part="#rules" also="#rules-found" delayMs={250}>
      <div class="field wide">
        <label for="q">Words</label>
        <input id="q" name="q" type="search" value={asked.q} autocomplete="off" />
      </div>
      <Choice name="source" label="From" value={asked.source} options={SOURCES} />
      <Choice name="to" label="To" value={asked.to} options={optionsNamed(names, asked.to)} />
      <Choice name="state" label="State" value={asked.state} options={Object.entries(STATES)} />
    </SearchForm>
  );
}
