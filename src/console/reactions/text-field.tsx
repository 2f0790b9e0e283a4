/** The template of an answer; while one types, the preview behind it follows. */
export function TextField({ label, text }: { label: string; text: string }) {
  return (
    <label class="field">
      <span class="label">{label}</span>
      <textarea
        name="text"
        rows={5}
        required
        autofocus
        spellcheck={true}
        hx-post="/admin/try/preview-reaction"
        hx-trigger={`${text === "" ? "" : "load, "}input changed delay:300ms`}
        hx-target="next .preview"
        hx-swap="innerHTML"
        hx-sync="this:replace"
      >
        {/* A browser leaves out the first line break of a text field. */}
        {`\n${text}`}
      </textarea>
      <span class="hint">
        Slack’s markup, with fields such as <code>{"{{ event.author | mention }}"}</code>.
      </span>
    </label>
  );
}
