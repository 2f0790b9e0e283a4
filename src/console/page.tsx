import type { Child } from "hono/jsx";
import { Navigation, type Place } from "./navigation.tsx";
import { Notice, type Said } from "./notice.tsx";
import type { Visitor } from "./visitor.ts";

/** What is around the content of every page. */
export type PageProps = {
  /** The page's name, which is also its one `h1`. */
  title: string;
  /** What the page is for, in a sentence; left out where the content says it. */
  about?: Child;
  /** Where it stands in the navigation; null: nowhere. */
  place: Place | null;
  visitor: Visitor;
  /** What was just done, or why not. */
  said?: Said | null;
  /** Scripts of `public/console/` besides `page.js`, without their ending. */
  scripts?: string[];
  /** What lets CodeMirror put its styles in; only the editor's pages have it. */
  nonce?: string;
  children: Child;
};

/** One page of the console, for somebody who is signed in. */
export function Page({ title, about, place, visitor, said, scripts, nonce, children }: PageProps) {
  return (
    <Document title={title} scripts={scripts ?? []} nonce={nonce ?? null}>
      <a class="skip" href="#content">
        To the content
      </a>
      <header class="frame">
        <a class="brand" href="/admin">
          <Mark />
          Causeway
        </a>
        <Navigation place={place} />
        <Who visitor={visitor} />
      </header>
      <main id="content">
        <div id="news" class="notice bad" role="alert" hidden />
        <div id="looked-enough" class="notice" role="status" hidden>
          Nothing new has come for half an hour, so this page looks no more by itself.{" "}
          <button type="button" class="plain">
            Look again
          </button>
        </div>
        {said === undefined || said === null ? null : <Notice said={said} />}
        <div class="title">
          <h1>{title}</h1>
          {about === undefined ? null : <p class="about">{about}</p>}
        </div>
        {children}
      </main>
    </Document>
  );
}

/** A page for somebody who is not signed in: one card, nothing around it. */
export function SignedOutPage({ title, children }: { title: string; children: Child }) {
  return (
    <Document title={title} scripts={[]} nonce={null}>
      <main id="content" class="alone">
        <p class="brand">
          <Mark />
          Causeway
        </p>
        <h1>{title}</h1>
        {children}
      </main>
    </Document>
  );
}

function Document(props: {
  title: string;
  scripts: string[];
  nonce: string | null;
  children: Child;
}) {
  const { title, scripts, nonce, children } = props;
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        {nonce === null ? null : <meta name="csp-nonce" content={nonce} />}
        <title>{`${title} · Causeway`}</title>
        <link rel="icon" href="/console/icon.svg" />
        <link rel="stylesheet" href="/console/console.css" />
        {["page", ...scripts].map((name) => (
          <script type="module" src={`/console/${name}.js`} />
        ))}
      </head>
      <body>{children}</body>
    </html>
  );
}

function Who({ visitor: { name, role, how } }: { visitor: Visitor }) {
  return (
    <div class="who">
      <span title={role === "edit" ? "May change things" : "May look, and change nothing"}>
        <b>{name}</b> {role === "edit" ? "editor" : "viewer"}
      </span>
      {how === "token" && role === "view" ? (
        <a href="/admin/sign-in?again">Sign in to edit</a>
      ) : null}
      {how === "token" ? (
        <form method="post" action="/admin/sign-out">
          <button class="plain">Sign out</button>
        </form>
      ) : null}
    </div>
  );
}

/** A causeway: a road on arches over water. */
function Mark() {
  return (
    <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">
      <path d="M1 8h22v3h-2a3.5 3.5 0 0 0-3.5 5h-2a3.5 3.5 0 1 0-7 0h-2A3.5 3.5 0 0 0 3 11H1z" />
      <path d="M1 19q2.75-2 5.5 0t5.5 0 5.5 0 5.5 0v2q-2.75 2-5.5 0t-5.5 0-5.5 0-5.5 0z" />
    </svg>
  );
}
