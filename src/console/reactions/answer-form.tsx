import { occasionInWords, type Occasion } from "../../operations/reactions/occasion.ts";
import type { PlacedAnswer } from "../../operations/reactions/reaction-matrix.ts";
import { AnswerPreview } from "./answer-preview.tsx";
import { CancelLink } from "./cancel-link.tsx";
import { channelInWords, type ChannelNames } from "../slack-names/channel-name.tsx";
import type { Draft } from "./draft.ts";
import { DraftProblems } from "./draft-problems.tsx";
import { TextField } from "./text-field.tsx";

type Props = {
  channel: string;
  occasion: Occasion;
  answer: PlacedAnswer;
  draft: Draft | null;
  names: ChannelNames;
  now: number;
};

/** Changes the words of one rule, and nothing else of it. */
export function AnswerForm({ channel, occasion, answer, draft, names, now }: Props) {
  const [to = ""] = answer.to;
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
      <input type="hidden" name="rule" value={answer.rule} />
      <input type="hidden" name="version" value={answer.version} />
      <input type="hidden" name="to" value={to} />
      {draft === null ? null : <DraftProblems draft={draft} now={now} />}
      {draft?.theirs == null ? null : (
        <div>
          <p class="small">It says now:</p>
          <pre>{answer.text}</pre>
        </div>
      )}
      <TextField
        label={`What is answered to ${occasionInWords(occasion)} in ${channelInWords(channel, names)}`}
        text={draft?.text ?? answer.text ?? ""}
      />
      <div class="preview" aria-live="polite">
        {draft?.preview == null ? null : (
          <AnswerPreview preview={draft.preview} to={to} names={names} />
        )}
      </div>
      <div class="row">
        <button class="main">
          {draft?.theirs == null ? "Publish" : "Publish mine in place of theirs"}
        </button>
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
