import { occasionInWords, type SlackOccasion } from "../../operations/reactions/occasion.ts";
import type { PlacedAnswer } from "../../operations/reactions/reaction-matrix.ts";
import { CellForm } from "./cell-form.tsx";
import { channelInWords, type ChannelNames } from "../slack-names/channel-name.tsx";
import type { Draft } from "./draft.ts";

type Props = {
  channel: string;
  occasion: SlackOccasion;
  answer: PlacedAnswer;
  draft: Draft | null;
  names: ChannelNames;
  now: number;
};

/** Changes the words of one rule, and nothing else of it. */
export function AnswerForm({ channel, occasion, answer, draft, names, now }: Props) {
  const [to = ""] = answer.to;
  return (
    <CellForm
      {...{ channel, occasion, draft, names, now, to }}
      hidden={{ rule: answer.rule, version: answer.version, to }}
      above={
        draft?.theirs == null ? null : (
          <div>
            <p class="small">It says now:</p>
            <pre tabindex={0}>{answer.text}</pre>
          </div>
        )
      }
      label={`What is answered to ${occasionInWords(occasion)} in ${channelInWords(channel, names)}`}
      text={draft?.text ?? answer.text ?? ""}
      button={draft?.theirs == null ? "Publish" : "Publish mine in place of theirs"}
    />
  );
}
