import type { PresentDocument } from "../../publishing/present-document.ts";
import { Moment } from "../moment.tsx";
import { Notice } from "../notice.tsx";

/** A warning while one still edits: the document is not any more what one began with. Null: it was removed. */
export function ChangedMeanwhile(props: { document: PresentDocument | null; now: number }) {
  const { document, now } = props;
  const text =
    document === null
      ? "Somebody removed this document while you edit it."
      : `${document.by ?? "Somebody"} published this document while you edit it.`;
  return (
    <Notice said={{ kind: "info", text }}>
      <p>
        {document === null ? null : (
          <>
            It was <Moment at={Date.parse(document.at)} now={now} />:{" "}
            <a href={`/admin/history/${document.publish}`}>see what changed</a>.{" "}
          </>
        )}
        When you publish, you can put both together.
      </p>
    </Notice>
  );
}
