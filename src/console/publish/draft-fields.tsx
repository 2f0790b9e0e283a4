import { MAX_WHY } from "../../publishing/publish.ts";

/**
 * A draft as a form carries it to where it is published: `begun` the etag that it was begun with, `etag` of
 * what it is to replace now; `none` and "" where the document was not or is not there.
 */
export function DraftFields(props: {
  documentKey: string;
  begun: string;
  etag: string;
  text: string;
  why: string;
  /** Tells its field from another one's on the page. */
  id: string;
}) {
  const { documentKey, begun, etag, text, why, id } = props;
  return (
    <>
      <input type="hidden" name="key" value={documentKey} />
      <input type="hidden" name="begun" value={begun} />
      <input type="hidden" name="etag" value={etag} />
      <input type="hidden" name="text" value={text} />
      <div class="field">
        <label for={id}>Why</label>
        <input id={id} name="why" value={why} maxlength={MAX_WHY} />
      </div>
    </>
  );
}
