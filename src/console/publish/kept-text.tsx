import { shownText } from "../../publishing/shown-text.ts";

/** What somebody wrote and could not publish, to be copied: as YAML, without Slack's addresses. */
export function KeptText({ text }: { text: string }) {
  return (
    <details>
      <summary>Your text</summary>
      <div class="field">
        <label for="kept-text">
          As YAML; addresses of Slack's are left out. The editor keeps it too, in this tab of your
          browser
        </label>
        <textarea id="kept-text" readonly rows={16}>
          {shownText(text)}
        </textarea>
      </div>
    </details>
  );
}
