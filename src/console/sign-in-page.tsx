import { Notice } from "./notice.tsx";
import { SignedOutPage } from "./page.tsx";

/** So many characters somebody may be called, who signs in with a token. */
export const MAX_NAME = 80;

/** What the form is shown with: where to go afterwards, the name that was given last, and what is to be said. */
type SignInProps = { back: string; name: string; said: string | null };

/** Where somebody shows a token and says who they are. */
export function SignInPage({ back, name, said }: SignInProps) {
  return (
    <SignedOutPage title="Sign in">
      {said === null ? null : <Notice said={{ kind: "bad", text: said }} />}
      <form method="post" action="/admin/sign-in" class="stack">
        <input type="hidden" name="back" value={back} />
        <div class="field">
          <label for="name">Your name</label>
          <input
            id="name"
            name="name"
            value={name}
            autocomplete="name"
            required
            maxlength={MAX_NAME}
            aria-describedby="name-hint"
            autofocus={name === ""}
          />
          <span id="name-hint" class="hint">
            History shows it next to what you publish.
          </span>
        </div>
        <div class="field">
          <label for="token">Token</label>
          <input
            id="token"
            name="token"
            type="password"
            autocomplete="current-password"
            required
            aria-describedby="token-hint"
            autofocus={name !== ""}
          />
          <span id="token-hint" class="hint">
            ADMIN_TOKEN to see and change, VIEWER_TOKEN to see. Whoever set Causeway up has them;
            for a Worker on your own machine look into <code>.dev.vars</code>.
          </span>
        </div>
        <button class="main">Sign in</button>
      </form>
    </SignedOutPage>
  );
}
