import type { RulesQuestion, RuleState } from "../../operations/rules/rules-table.ts";

const STATES: Record<RuleState, string> = {
  on: "on",
  off: "off",
  shadow: "shadow: records only",
  paused: "destination paused",
  unused: "destination never used",
  quiet: "nothing in 7 days",
  broken: "cannot work",
};

/** What to look for among the rules: a form that works by itself, and looks while one types. */
export function RulesFilters({ asked, names }: { asked: RulesQuestion; names: string[] }) {
  return (
    <form
      class="filters"
      role="search"
      method="get"
      action="/admin/mappings"
      hx-get="/admin/mappings"
      hx-trigger="input delay:250ms, submit"
      hx-target="#rules"
      hx-select="#rules"
      hx-select-oob="#rules-found"
      hx-swap="outerHTML"
      hx-push-url="true"
      hx-sync="this:replace"
    >
      <div class="field wide">
        <label for="q">Words</label>
        <input id="q" name="q" type="search" value={asked.q} autocomplete="off" />
      </div>
      <Choice name="source" label="From" value={asked.source}>
        {{ gitlab: "GitLab", slack: "Slack" }}
      </Choice>
      <Choice name="to" label="To" value={asked.to}>
        {Object.fromEntries(
          [...new Set([...names, asked.to])]
            .filter((name) => name !== "")
            .map((name) => [name, name]),
        )}
      </Choice>
      <Choice name="state" label="State" value={asked.state}>
        {STATES}
      </Choice>
      <button>Search</button>
    </form>
  );
}

function Choice(props: {
  name: string;
  label: string;
  value: string;
  children: Record<string, string>;
}) {
  const { name, label, value, children } = props;
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <select id={name} name={name}>
        <option value="">any</option>
        {Object.entries(children).map(([option, words]) => (
          <option value={option} selected={option === value}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}
