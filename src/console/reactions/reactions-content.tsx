import { counted } from "../../words/counted.ts";
import { keyOf } from "../../operations/reactions/change-answer.ts";
import { nearestWord } from "../../mappings/nearest-word.ts";
import { documentAt } from "../publish/document-link.tsx";
import type { ReactionMatrix } from "../../operations/reactions/reaction-matrix.ts";
import { AskForNames, ChannelName, type ChannelNames } from "../slack-names/channel-name.tsx";
import { channelHref } from "./cell-href.ts";
import { MatrixTable } from "./matrix-table.tsx";

export type ReactionsProps = {
  matrix: ReactionMatrix;
  names: ChannelNames;
  /** The channels whose names Slack can still be asked for. */
  unknown: string[];
  mayEdit: boolean;
  /** What is looked for; empty: everything. */
  words: string;
  /** Why an edit in KV may be missing. */
  problem: string | null;
  /** What was to be answered in a channel that nobody knows; null: nothing. */
  refused: Refused | null;
};

type Refused = { channel: string; emoji: string };

/** The matrix of reactions, with what finds something in it. */
export function ReactionsContent(props: ReactionsProps) {
  const { matrix, names, unknown, mayEdit, words, problem, refused } = props;
  return (
    <>
      {problem === null ? null : <p class="notice bad">{problem}</p>}
      {refused === null || mayEdit ? null : (
        <p class="notice bad">{noChannel(refused.channel, names)}</p>
      )}
      <UnusableMappings matrix={matrix} names={names} />
      <form class="filters" action="/admin/reactions" role="search">
        <div class="field wide">
          <label for="words">Find a channel, an emoji or words</label>
          <input id="words" type="search" name="q" value={words} />
        </div>
        <button>Find</button>
        {words === "" ? null : <a href="/admin/reactions">Show all</a>}
      </form>
      <AskForNames channels={unknown} />
      {matrix.rows.length === 0 || matrix.occasions.length === 0 ? (
        <p class="card empty">
          {words === ""
            ? "No channel answers anything yet. A mapping of a Slack channel says what is answered there."
            : `Nothing here has “${words}”.`}
        </p>
      ) : (
        <>
          <MatrixTable matrix={matrix} names={names} mayEdit={mayEdit} />
          <ChannelList matrix={matrix} names={names} />
        </>
      )}
      {mayEdit ? <NewCell refused={refused} names={names} /> : null}
    </>
  );
}

/** What a narrow screen has in place of the matrix: one channel at a time. */
function ChannelList({ matrix, names }: { matrix: ReactionMatrix; names: ChannelNames }) {
  return (
    <nav class="card channels" aria-label="Channels">
      <ul>
        {matrix.rows.map(({ channel, cells }) => {
          const own = cells.flatMap(({ answers }) => answers.filter(({ inherited }) => !inherited));
          const count = new Set(own.map(({ rule }) => rule)).size;
          return (
            <li>
              <a href={channelHref(channel)}>
                <ChannelName channel={channel} names={names} />
              </a>{" "}
              <span class="soft small">{counted(count, "rule")}</span>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

function UnusableMappings({ matrix, names }: { matrix: ReactionMatrix; names: ChannelNames }) {
  if (matrix.unusable.length === 0) return null;
  return (
    <section class="notice bad" aria-label="Mappings with mistakes">
      <p>
        {matrix.unusable.length === 1 ? "A mapping has" : `${matrix.unusable.length} mappings have`}{" "}
        a mistake. The last good version stays in use.
      </p>
      <ul>
        {matrix.unusable.map(({ channel, key, problem }) => (
          <li>
            <a href={documentAt(keyOf(channel))}>
              <ChannelName channel={channel} names={names} />
            </a>{" "}
            (<code>{key}</code>): {problem}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The way to a cell that no rule is about yet. */
function NewCell({ refused, names }: { refused: Refused | null; names: ChannelNames }) {
  return (
    <form class="card" action="/admin/reactions">
      <h2>Answer something new</h2>
      <div class="filters">
        <div class="field">
          <label for="new-channel">Channel, or * for every channel</label>
          <input
            id="new-channel"
            name="channel"
            required
            placeholder="C0123456789"
            maxlength={100}
            value={refused?.channel}
            autofocus={refused !== null}
            aria-invalid={refused === null ? undefined : "true"}
            aria-describedby="which-channel"
          />
        </div>
        <div class="field">
          <label for="new-emoji">Emoji, without colons</label>
          <input
            id="new-emoji"
            name="emoji"
            required
            placeholder="escalate"
            maxlength={100}
            value={refused?.emoji}
          />
        </div>
        <button>Write the answer</button>
      </div>
      <div id="which-channel">
        {refused === null ? null : (
          <p class="notice bad" role="alert">
            {noChannel(refused.channel, names)}
          </p>
        )}
        <p class="small soft">
          A channel whose name stands on this page by its name, any other by its id: that is at the
          bottom of the channel’s details in Slack. The bot has to be in the channel:{" "}
          <code>/invite @Causeway</code>.
        </p>
      </div>
    </form>
  );
}

function noChannel(said: string, names: ChannelNames): string {
  const nearest = nearestWord(said.replace(/^#/, ""), [...names.values()]);
  const meant =
    nearest === null ? "Give its id, such as C0123456789." : `Did you mean #${nearest}?`;
  return `“${said}” is no channel’s id, and no channel on this page has that name. ${meant}`;
}
