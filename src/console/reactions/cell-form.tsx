import type { Child } from "hono/jsx";
import type { SlackOccasion } from "../../operations/reactions/occasion.ts";
import type { ChannelNames } from "../slack-names/channel-name.tsx";
import { AnswerPreview } from "./answer-preview.tsx";
import { CancelLink } from "./cancel-link.tsx";
import type { Draft } from "./draft.ts";
import { DraftProblems } from "./draft-problems.tsx";
import { TextField } from "./text-field.tsx";

type Props = {
  channel: string;
  occasion: SlackOccasion;
  draft: Draft | null;
  names: ChannelNames;
  now: number;
  /** Where it is said, for the preview. */
  to: string;
  /** What else is sent along and not shown. */
  hidden?: Record<string, string>;
  /** What stands above the text. */
  above?: Child;
  /** The text's label, and the text. */
  label: string;
  text: string;
  /** What its button says. */
  button: string;
  /** Fields below the text. */
  children?: Child;
};

/** Writes the text of one answer, with its preview, in the cell's place. */
export function CellForm(props: Props) {
  const { channel, occasion, draft, names, now, to, hidden = {}, above, children } = props;
  return (
    <form
      class="stack"
      method="post"
      action="/admin/reactions"
      hx-post="/admin/reactions"
      hx-target="closest .cell"
      hx-swap="innerHTML"
    >
      {Object.entries({ channel, on: occasion.type, ...hidden }).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      {draft === null ? null : <DraftProblems draft={draft} now={now} />}
      {above}
      <TextField
        label={props.label}
        text={props.text}
        isWrong={draft !== null && draft.problems.length > 0}
      />
      <div class="preview" aria-live="polite">
        {draft?.preview == null ? null : (
          <AnswerPreview preview={draft.preview} to={to} names={names} />
        )}
      </div>
      {children}
      <div class="row">
        <button class="main">{props.button}</button>
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
