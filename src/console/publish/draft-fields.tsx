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
}) {
  const { documentKey, begun, etag, text, why } = props;
  return (
    <>
      <input type="hidden" name="key" value={documentKey} />
      <input type="hidden" name="begun" value={begun} />
      <input type="hidden" name="etag" value={etag} />
      <input type="hidden" name="text" value={text} />
      <input type="hidden" name="why" value={why} />
    </>
  );
}
