import type {
  DestinationsListed,
  DestinationsQuestion,
} from "../../operations/destinations/destinations-table.ts";
import type { ChannelsNamed } from "../../operations/slack-names/channels-named.ts";
import { AskForNames } from "../slack-names/channel-name.tsx";
import { counted } from "../../words/counted.ts";
import { askedAt } from "../asked-at.ts";
import { Notice } from "../notice.tsx";
import { Pager } from "../pager.tsx";
import { SearchForm } from "../search-form.tsx";
import { AnswersTable } from "./answers-table.tsx";
import { DestinationsTable, type DestinationsTableProps } from "./destinations-table.tsx";

/** Everything on the page of destinations. */
export type DestinationsPageProps = Omit<DestinationsTableProps, "rows" | "names"> & {
  channels: ChannelsNamed;
  page: DestinationsListed;
  asked: DestinationsQuestion;
  /** Why something may be missing; null: nothing is. */
  problem: string | null;
};

/** All destinations, and where the bot answers when something is stuck there. */
export function DestinationsPage(props: DestinationsPageProps) {
  const { page, asked, channels, problem, ...common } = props;
  return (
    <>
      {problem === null ? null : <Notice said={{ kind: "bad", text: problem }} />}
      <div class="row apart">
        <p id="destinations-found" role="status">
          {found(page)}
          {asked.name === "" ? null : (
            <>
              : <a href="/admin/destinations">show all</a>
            </>
          )}
        </p>
        {common.mayChange ? (
          <a class="button" href="/admin/documents?new=destination">
            New destination
          </a>
        ) : null}
      </div>
      <Search q={asked.q} />
      <section id="destinations" class="stack" aria-label="Destinations">
        {page.rows.length === 0 ? (
          <div class="card empty">{nothing(page)}</div>
        ) : (
          <DestinationsTable rows={page.rows} names={channels.names} {...common} />
        )}
        <Pager
          of="destinations"
          first={asked.after === "" ? null : destinationsAt({ ...asked, after: "" })}
          next={page.next === null ? null : destinationsAt({ ...asked, after: page.next })}
        />
        <AskForNames channels={channels.unknown} />
        {page.answers.length === 0 ? null : <AnswersTable rows={page.answers} {...common} />}
      </section>
    </>
  );
}

function Search({ q }: { q: string }) {
  return (
    <SearchForm
      action="/admin/destinations"
      part="#destinations"
      also="#destinations-found"
      delayMs={250}
    >
      <div class="field wide">
        <label for="q">Name, kind, channel or variable</label>
        <input id="q" name="q" type="search" value={q} autocomplete="off" />
      </div>
    </SearchForm>
  );
}

/** The address of the page that answers a question. */
export function destinationsAt(asked: Partial<DestinationsQuestion>): string {
  return askedAt("/admin/destinations", asked);
}

function found({ found: count, all }: DestinationsListed): string {
  return count === all ? counted(all, "destination") : `${count} of ${counted(all, "destination")}`;
}

function nothing({ all }: DestinationsListed): string {
  return all === 0
    ? "No destination is published yet. A destination is a Slack channel, workflow or incoming webhook that rules name."
    : "No destination is like that.";
}
