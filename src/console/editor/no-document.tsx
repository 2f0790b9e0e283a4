import { documentKind } from "../../publishing/document-kind.ts";
import { newDocumentAt } from "../publish/document-link.tsx";
import type { NewDocument } from "./starting-text.ts";
import { inAddress } from "../in-address.ts";

/** A key under which nothing is published, and how to make it if it can be one. */
export function NoDocument({ docKey }: { docKey: string }) {
  const kind = newOf(docKey);
  return (
    <div class="stack">
      <p>
        Nothing is published under <code>{docKey}</code>.
      </p>
      <p class="row">
        {kind === null ? null : (
          <a class="button main" href={newDocumentAt(kind, docKey)}>
            Write it
          </a>
        )}
        <a href={`/admin/history?key=${inAddress(docKey)}`}>Its history</a>
        <a href="/admin/mappings">All mappings</a>
      </p>
    </div>
  );
}

function newOf(key: string): NewDocument | null {
  const kind = documentKind(key);
  switch (kind) {
    case "gitlab mapping":
    case "slack mapping":
      return "mapping";
    case "destination":
    case "person":
      return kind;
    case null:
      return null;
  }
}
