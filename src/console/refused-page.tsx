import { SignedOutPage } from "./page.tsx";
import type { Visitor } from "./visitor.ts";

/** Why a viewer may not change things, and who can. */
export function refusalInWords({ name, how }: Visitor): string {
  switch (how) {
    case "access":
      return `${name} may look here and change nothing. Who may is named in ACCESS_EDITORS: ask whoever keeps Causeway to add you.`;
    case "token":
      return "You are signed in with VIEWER_TOKEN: you may look here and change nothing. Whoever has the ADMIN_TOKEN can.";
  }
}

/** Where somebody who is signed in shows another token; `back`: the page to come back to. */
function signInAgain(back: string): string {
  return `/admin/sign-in?again&${new URLSearchParams({ back }).toString()}`;
}

/** A viewer tried to change something. */
export function RefusedPage({ visitor, back }: { visitor: Visitor; back: string }) {
  return (
    <SignedOutPage title="Nothing was changed">
      <p>{refusalInWords(visitor)}</p>
      {visitor.how === "token" ? (
        <p>
          <a href={signInAgain(back)}>Sign in with the ADMIN_TOKEN</a>
        </p>
      ) : null}
      <p>
        <a href={back}>Back</a>
      </p>
    </SignedOutPage>
  );
}

/** A form was sent after the session had ended. */
export function EndedPage({ back }: { back: string }) {
  return (
    <SignedOutPage title="Your session has ended">
      <p>
        Nothing was changed. To keep what you wrote: go back in your browser,{" "}
        <a href={`/admin/sign-in?back=${encodeURIComponent(back)}`} target="_blank">
          sign in in another tab
        </a>
        , and send it again.
      </p>
    </SignedOutPage>
  );
}
