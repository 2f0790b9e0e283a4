import { Moment } from "../moment.tsx";
import type { Draft } from "./draft.ts";

/** Why a draft was not published; the text is kept. */
export function DraftProblems({ draft, now }: { draft: Draft; now: number }) {
  const { problems, theirs } = draft;
  if (theirs === null && problems.length === 0) return null;
  return (
    <div class="notice bad" role="alert">
      {theirs === null ? (
        <p>Nothing was published:</p>
      ) : (
        <p>
          Nothing was published: {theirs.by ?? "somebody"} changed this rule meanwhile
          {theirs.at === null ? null : (
            <>
              {" "}
              (<Moment at={Date.parse(theirs.at)} now={now} />)
            </>
          )}
          . Your text is below.
        </p>
      )}
      {problems.length === 0 ? null : (
        <ul>
          {problems.map((problem) => (
            <li>{problem}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
