import { Editor } from "../editor/editor.tsx";
import { PreviewPane } from "../preview/preview-pane.tsx";

/** Where rules are tried out that nobody publishes; `yaml` is what one begins with. */
export function PlaygroundPage({ yaml }: { yaml: string }) {
  return (
    <div class="editing">
      <form id="playground" class="stack" data-doc="playground">
        <input type="hidden" name="etag" value="" />
        <div class="field">
          <label for="key">Rules for</label>
          <select id="key" name="key">
            <option value="mapping/gitlab/*">what happens in GitLab</option>
            <option value="mapping/slack/*">what happens in Slack</option>
          </select>
        </div>
        <Editor json="" yaml={yaml} readable={yaml} by={null} />
      </form>
      <PreviewPane events={[]} source={null} chosen={null} alone={true} />
    </div>
  );
}
