import { keyOf } from "../../operations/reactions/change-answer.ts";
import { documentAt } from "../publish/document-link.tsx";
import { occasionInWords, type Occasion } from "../../operations/reactions/occasion.ts";
import { AnswerPreview } from "./answer-preview.tsx";
import { channelInWords, type ChannelNames } from "../slack-names/channel-name.tsx";
import { CancelLink } from "./cancel-link.tsx";
import type { Draft } from "./draft.ts";
import { DraftProblems } from "./draft-problems.tsx";
import { TextField } from "./text-field.tsx";

type Props = {
  channel: string;
  occasion: Occasion;
  /** A name that no rule of the channel has. */
  freeName: string;
  draft: Draft | null;
  names: ChannelNames;
  now: number;
};

/** Adds a rule that answers one thing with one text. */
export function AddForm({ channel, occasion, freeName, draft, names, now }: Props) {
  const here = `${occasionInWords(occasion)} in ${channelInWords(channel, names)}`;
  const places: [to: string, label: string][] = [
    // Nobody who joins writes a message that a thread could hang on.
    ...(occasion.kind === "member_joined"
      ? []
      : [["thread", "in the thread, for all"] as [string, string]]),
    ["ephemeral", "in the channel, for that person only"],
    ["dm", "in a direct message"],
  ];
  const to = draft?.to ?? places[0]?.[0] ?? "";
  return (
    <form
      class="stack"
      method="post"
      action="/admin/reactions"
      hx-post="/admin/reactions"
      hx-target="closest .cell"
      hx-swap="innerHTML"
    >
      <input type="hidden" name="channel" value={channel} />
      <input type="hidden" name="on" value={occasion.type} />
      {draft === null ? null : <DraftProblems draft={draft} now={now} />}
      <TextField label={`A new answer to ${here}`} text={draft?.text ?? ""} />
      <div class="preview" aria-live="polite">
        {draft?.preview == null ? null : (
          <AnswerPreview preview={draft.preview} to={to} names={names} />
        )}
      </div>
      <label class="field">
        <span class="label">Where it is said</span>
        <select name="to">
          {places.map(([value, label]) => (
            <option value={value} selected={value === to}>
              {label}
            </option>
          ))}
        </select>
        <span class="hint">
          Other places, and who may ask and how often, in{" "}
          <a href={documentAt(keyOf(channel))}>the editor</a>.
        </span>
      </label>
      <label class="field">
        <span class="label">Name of the rule</span>
        <input name="name" value={draft?.name ?? freeName} maxlength={200} required />
      </label>
      <div class="row">
        <button class="main">Add and publish</button>
        <button
          formaction="/admin/try/preview-reaction"
          hx-post="/admin/try/preview-reaction"
          hx-target="previous .preview"
        >
          Preview
        </button>
        <CancelLink channel={channel} occasion={occasion} />
      </div>
    </form>
  );
}
