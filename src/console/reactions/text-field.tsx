type TextFieldProps = {
  label: string;
  text: string;
  /** Whether it is said already what is wrong with it: then it is previewed once it is changed. */
  isWrong: boolean;
};

/** The template of an answer; while one types, the preview behind it follows. */
export function TextField({ label, text, isWrong }: TextFieldProps) {
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
        hx-trigger={`${text === "" || isWrong ? "" : "load, "}input changed delay:300ms`}
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
