import { SAMPLE_NAMES } from "../../operations/reactions/sample-slack-event.ts";
import type { AnswerPreview as Preview } from "../../operations/reactions/preview-answer.ts";
import { renderMessage } from "../../slack-look/render-message.ts";
import { own } from "../../json.ts";
import type { ChannelNames } from "../slack-names/channel-name.tsx";

type Props = { preview: Preview; to: string; names: ChannelNames };

/** What would be posted, in Slack's look: Amina does it, to a message of Bruno's. */
export function AnswerPreview({ preview, to, names }: Props) {
  if (!preview.ok) return <p class="notice bad">{preview.problem}</p>;
  const { content, problem } = preview;
  return (
    <>
      {problem === null ? null : <p class="notice bad">{problem}</p>}
      {content.kind === "message" ? (
        renderMessage(
          { text: content.text, ...(content.blocks === null ? {} : { blocks: content.blocks }) },
          {
            poster: "Causeway",
            badge: "App",
            ...(to === "ephemeral" ? { onlyFor: "amina" } : {}),
            names: (id) => own(SAMPLE_NAMES as Record<string, string>, id) ?? names.get(id),
          },
        )
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
