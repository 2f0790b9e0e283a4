import type { EventToPreview } from "../../operations/drafts/events-to-preview.ts";
import { EventChoice } from "./event-choice.tsx";

type PreviewPaneProps = {
  events: EventToPreview[];
  source: "gitlab" | "slack" | null;
  /** The received event that is chosen to begin with; null: the first one. */
  chosen: string | null;
  /** Whether the draft stands alone, without the published mappings. */
  alone: boolean;
};

/** What the draft would make of an event, beside the editor. The browser asks for it as one types. */
export function PreviewPane({ events, source, chosen, alone }: PreviewPaneProps) {
  return (
    <section class="card preview" aria-labelledby="preview-title">
      <div class="row apart">
        <h2 id="preview-title">What it would post</h2>
        <span class="soft small" id="preview-state" role="status" />
      </div>
      <EventChoice events={events} source={source} chosen={chosen} />
      <div id="preview" {...(alone ? { "data-alone": "yes" } : {})} />
      <p class="soft small">Nothing is sent. What you see here is not stored.</p>
    </section>
  );
}
