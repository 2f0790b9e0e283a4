import { SAMPLE_NAMES } from "../../operations/reactions/sample-slack-event.ts";
import type { PreviewedAnswer } from "../../operations/reactions/preview-answer.ts";
import { own } from "../../json.ts";
import { PostedMessage } from "../posted-message.tsx";
import type { ChannelNames } from "../slack-names/channel-name.tsx";

type Props = { preview: PreviewedAnswer; to: string; names: ChannelNames };

/** What would be posted, in Slack's look: Amina does it, to a message of Bruno's. */
export function AnswerPreview({ preview, to, names }: Props) {
  if (!preview.ok) return <p class="notice bad">{preview.problem}</p>;
  const { content, problem, warnings } = preview;
  return (
    <>
      {problem === null ? null : <p class="notice bad">{problem}</p>}
      {warnings.map((warning) => (
        <p class="notice bad">{warning}</p>
      ))}
      {content.kind === "message" ? (
        <PostedMessage
          content={content}
          names={(id) => own(SAMPLE_NAMES as Record<string, string>, id) ?? names.get(id)}
          onlyFor={to === "ephemeral" ? "amina" : undefined}
        />
      ) : (
        <p class="soft">A workflow is sent variables, and no text.</p>
      )}
      <p class="small soft">
        As if amina did it, to a message of bruno’s. Nothing is posted. What the rule asks for
        besides counts as met.
      </p>
    </>
  );
}
