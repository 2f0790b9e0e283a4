/** What the editor in the browser starts from. */
export type EditorProps = {
  /** The published text (JSON), or what was sent; "": there is none. */
  json: string;
  /** The YAML to begin with; null: it is made of the JSON. */
  yaml: string | null;
  /** The YAML to show where there is no JavaScript. */
  readable: string;
  /** Who published it last; null: nobody did, or nobody knows. */
  by: string | null;
};

/** The place of the YAML editor within its form, and of what is wrong with the text. */
export function Editor({ json, yaml, readable, by }: EditorProps) {
  return (
    <div class="stack">
      <input type="hidden" name="text" value={json} />
      <div id="kept-draft" class="notice" role="status" hidden>
        <p>
          In this tab you wrote something here <span data-draft-at>before</span> that this page does
          not have.{" "}
          <span data-draft-since hidden>
            {by ?? "Somebody"} published the document since you began: if you publish yours, you are
            asked what becomes of theirs.
          </span>{" "}
          <button type="button" class="plain" data-draft="take">
            Take it up again
          </button>{" "}
          <button type="button" class="plain" data-draft="drop">
            Throw it away
          </button>
        </p>
      </div>
      <noscript>
        <p class="notice">The editor needs JavaScript. This is the document as it is:</p>
        <pre>{readable}</pre>
      </noscript>
      <div id="editor" class="editor" {...(yaml === null ? {} : { "data-yaml": yaml })} />
      <p id="editor-keys" class="soft small" hidden>
        <kbd>Ctrl</kbd>+<kbd>Space</kbd> completes, <kbd>Ctrl</kbd>+<kbd>S</kbd> keeps your text in
        this tab and looks at it. <kbd>Tab</kbd> indents: press <kbd>Esc</kbd> first to leave the
        editor with it.
      </p>
      <p id="comments-note" class="note small" hidden>
        Comments are not kept: a document is published without them. Keep what should be explained
        in the rules' names, or in a folder in Git.
      </p>
      <section id="problems" aria-label="What is wrong with the text" aria-live="polite">
        <p class="soft small" data-summary />
        <ul />
      </section>
    </div>
  );
}
