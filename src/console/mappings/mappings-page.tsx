import type { RulesPage, RulesQuestion } from "../../operations/rules/rules-table.ts";
import type { ChannelsNamed } from "../../operations/slack-names/channels-named.ts";
import { AskForNames } from "../slack-names/channel-name.tsx";
import { counted } from "../../words/counted.ts";
import { Notice } from "../notice.tsx";
import { RulesFilters } from "./rules-filters.tsx";
import { RulesTable, type RulesTableProps } from "./rules-table.tsx";
import { askedAt } from "../asked-at.ts";
import { Pager } from "../pager.tsx";

/** Everything on the page of all rules. */
export type MappingsPageProps = Omit<RulesTableProps, "rows" | "names"> & {
  channels: ChannelsNamed;
  page: RulesPage;
  asked: RulesQuestion;
  /** What rules can be sent to. */
  sendable: string[];
  /** Why something may be missing; null: nothing is. */
  problem: string | null;
  /** Whether the figures of the last days are counted to the end. */
  complete: boolean;
};

/** All rules of all mappings, and what to look for among them. */
export function MappingsPage(props: MappingsPageProps) {
  const { page, asked, sendable, channels, problem, complete, ...common } = props;
  return (
    <>
      {problem === null ? null : <Notice said={{ kind: "bad", text: problem }} />}
      <div class="row apart">
        <p id="rules-found" role="status">
          {found(page)}
        </p>
        {common.mayChange ? (
          <a class="button" href="/admin/documents?new=mapping">
            New mapping
          </a>
        ) : null}
      </div>
      <RulesFilters asked={asked} names={sendable} />
      <section id="rules" class="stack" aria-label="Rules">
        {page.rows.length === 0 ? (
          <div class="card empty">{nothing(page)}</div>
        ) : (
          <RulesTable rows={page.rows} names={channels.names} {...common} />
        )}
        {complete ? null : (
          <p class="soft small">
            What was delivered is still being counted: the figures grow for some looks yet.
          </p>
        )}
        <Pager
          of="rules"
          first={asked.after === "" ? null : rulesAt({ ...asked, after: "" })}
          next={page.next === null ? null : rulesAt({ ...asked, after: page.next })}
        />
        <AskForNames channels={channels.unknown} />
      </section>
    </>
  );
}

/** The address of the page that answers a question. */
export function rulesAt(asked: RulesQuestion): string {
  return askedAt("/admin/mappings", asked);
}

function found({ found: count, rules, mappings }: RulesPage): string {
  const all = `${counted(rules, "rule")} in ${counted(mappings, "mapping")}`;
  return count === rules ? all : `${count} of ${all}`;
}

function nothing({ mappings, found: count }: RulesPage) {
  if (mappings === 0) {
    return "No mapping is published yet. A mapping belongs to a GitLab group or project, or to a Slack channel, and holds rules.";
  }
  return count === 0 ? "No rule is like that." : "There are no more rules.";
}
