import { SignedOutPage } from "./page.tsx";

/** Why the console opens for nobody, or not for whoever asks. */
export type Closed =
  | "nothing_set"
  | "access_unusable"
  | "access_only"
  | "access_refused"
  | "access_unreachable"
  | "not_https";

/** Says why there is nothing to see, and what to do about it. */
export function ClosedPage({ why }: { why: Closed }) {
  switch (why) {
    case "nothing_set":
      return (
        <SignedOutPage title="The console is closed">
          <p>
            No way in is set. Set a token and load this page again:{" "}
            <code>npx wrangler secret put ADMIN_TOKEN</code> (see and change) or{" "}
            <code>npx wrangler secret put VIEWER_TOKEN</code> (see only). Or put Cloudflare Access
            before it: set <code>ACCESS_TEAM_DOMAIN</code>, <code>ACCESS_AUD</code> and{" "}
            <code>ACCESS_EDITORS</code> in <code>wrangler.toml</code>, and deploy.
          </p>
        </SignedOutPage>
      );
    case "access_unusable":
      return (
        <SignedOutPage title="The console is closed">
          <p>
            Cloudflare Access is set by half, or in a way that cannot be read:{" "}
            <code>ACCESS_TEAM_DOMAIN</code> and <code>ACCESS_AUD</code> belong together.{" "}
            <code>causeway doctor</code> says which of them cannot be used. Correct it in{" "}
            <code>wrangler.toml</code>, and deploy.
          </p>
        </SignedOutPage>
      );
    case "access_only":
      return (
        <SignedOutPage title="Sign in with Cloudflare Access">
          <p>
            This console opens through Cloudflare Access only, and this request did not come through
            it. Open the console at the address that Access guards; tokens do not open it.
          </p>
        </SignedOutPage>
      );
    case "access_refused":
      return (
        <SignedOutPage title="Not signed in">
          <p>
            What Cloudflare Access says of you is not good here: it is over, or it is for another
            application. <a href="/cdn-cgi/access/logout">Sign out of Access</a>, then open the
            console again. If that does not help, <code>ACCESS_TEAM_DOMAIN</code> or{" "}
            <code>ACCESS_AUD</code> is not that of the application that guards this address.
          </p>
        </SignedOutPage>
      );
    case "access_unreachable":
      return (
        <SignedOutPage title="Try again in a moment">
          <p>
            The keys of Cloudflare Access could not be fetched, so nobody can be let in. If this
            goes on, see whether <code>ACCESS_TEAM_DOMAIN</code> is your team's.
          </p>
        </SignedOutPage>
      );
    case "not_https":
      return (
        <SignedOutPage title="Open it with https">
          <p>
            Over http everybody on the way could read the token. Open the console with https; http
            is for localhost only.
          </p>
        </SignedOutPage>
      );
  }
}
