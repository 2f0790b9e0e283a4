import { keyOf } from "../../operations/reactions/change-answer.ts";
import { documentAt } from "../publish/document-link.tsx";
import type { Cell } from "../../operations/reactions/reaction-matrix.ts";
import { occasionInWords } from "../../operations/reactions/occasion.ts";
import { Moment } from "../moment.tsx";
import { cellHref } from "./cell-href.ts";
import { type ChannelNames } from "../slack-names/channel-name.tsx";
import { CellShown } from "./cell-shown.tsx";

type Props = {
  channel: string;
  cells: Cell[];
  /** The publish that made its mapping what it is; null: it has none. */
  last: { by: string | null; at: string } | null;
  names: ChannelNames;
  mayEdit: boolean;
  now: number;
};

/** All that is answered in one channel, one occasion below the other. */
export function ChannelContent({ channel, cells, last, names, mayEdit, now }: Props) {
  const answered = cells.filter(({ answers }) => answers.length > 0);
  return (
    <>
      <p class="row">
        <a href="/admin/reactions">All channels</a>
        {last === null ? null : <a href={documentAt(keyOf(channel))}>Its mapping in the editor</a>}
        {last === null ? null : (
          <span class="soft small">
            last changed <Moment at={Date.parse(last.at)} now={now} /> by {last.by ?? "somebody"}
          </span>
        )}
      </p>
      {answered.length === 0 ? (
        <p class="card empty">Nothing is answered here yet.</p>
      ) : (
        <div
          class="stack occasions"
          hx-boost="true"
          hx-target="closest .cell"
          hx-swap="innerHTML"
          hx-push-url="false"
        >
          {answered.map((cell) => (
            <section class="card">
              <h2>{occasionInWords(cell.occasion)}</h2>
              <div class="cell">
                <CellShown channel={channel} cell={cell} names={names} mayEdit={mayEdit} />
              </div>
            </section>
          ))}
        </div>
      )}
      {mayEdit ? (
        <AddHere channel={channel} unanswered={cells.filter((cell) => !answered.includes(cell))} />
      ) : null}
    </>
  );
}

/** What others answer and this channel does not, and anything else. */
function AddHere({ channel, unanswered }: { channel: string; unanswered: Cell[] }) {
  return (
    <section class="card">
      <h2>Answer something else here</h2>
      {unanswered.length === 0 ? null : (
        <p class="row">
          {unanswered.map(({ occasion }) => (
            <a class="button" href={cellHref(channel, occasion)}>
              {occasionInWords(occasion)}
            </a>
          ))}
        </p>
      )}
      <form class="filters" action="/admin/reactions">
        <input type="hidden" name="channel" value={channel} />
        <div class="field">
          <label for="another-emoji">Another emoji, without colons</label>
          <input id="another-emoji" name="emoji" required maxlength={100} />
        </div>
        <button>Write the answer</button>
      </form>
    </section>
  );
}
