import type {
  DestinationsPage as Page,
  DestinationsQuestion,
} from "../../operations/destinations/destinations-table.ts";
import type { ChannelsNamed } from "../../operations/slack-names/channels-named.ts";
import { AskForNames } from "../slack-names/channel-name.tsx";
import { counted } from "../../words/counted.ts";
import { Notice } from "../notice.tsx";
import { AnswersTable } from "./answers-table.tsx";
import { DestinationsTable, type DestinationsTableProps } from "./destinations-table.tsx";

/** Everything on the page of destinations. */
export type DestinationsPageProps = Omit<DestinationsTableProps, "rows" | "names"> & {
  channels: ChannelsNamed;
  page: Page;
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
        <Pager page={page} asked={asked} />
        <AskForNames channels={channels.unknown} />
        {page.answers.length === 0 ? null : <AnswersTable rows={page.answers} {...common} />}
      </section>
    </>
  );
}

function Search({ q }: { q: string }) {
  return (
    <form
      class="filters"
      role="search"
      method="get"
      action="/admin/destinations"
      hx-get="/admin/destinations"
      hx-trigger="input delay:250ms, submit"
      hx-target="#destinations"
      hx-select="#destinations"
      hx-select-oob="#destinations-found"
      hx-swap="outerHTML"
      hx-push-url="true"
      hx-sync="this:replace"
    >
      <div class="field wide">
        <label for="q">Name, kind, channel or variable</label>
        <input id="q" name="q" type="search" value={q} autocomplete="off" />
      </div>
      <button>Search</button>
    </form>
  );
}

function Pager({ page: { next }, asked }: { page: Page; asked: DestinationsQuestion }) {
  if (next === null && asked.after === "") return null;
  return (
    <nav class="pager" aria-label="More destinations">
      {asked.after === "" ? (
        <span />
      ) : (
        <a href={destinationsAt({ ...asked, after: "" })}>To the first</a>
      )}
      {next === null ? null : (
        <a href={destinationsAt({ ...asked, after: next })}>Next destinations</a>
      )}
    </nav>
  );
}

/** The address of the page that answers a question. */
export function destinationsAt(asked: Partial<DestinationsQuestion>): string {
  const given = Object.entries(asked).filter(([, value]) => value !== "");
  const query = new URLSearchParams(given).toString();
  return query === "" ? "/admin/destinations" : `/admin/destinations?${query}`;
}

function found({ found: count, all }: Page): string {
  return count === all ? counted(all, "destination") : `${count} of ${counted(all, "destination")}`;
}

function nothing({ all }: Page): string {
  return all === 0
    ? "No destination is published yet. A destination is a Slack channel, workflow or incoming webhook that rules name."
    : "No destination is like that.";
}
