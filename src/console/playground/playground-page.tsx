import { Editor } from "../editor/editor.tsx";
import { PreviewPane } from "../preview/preview-pane.tsx";

/** Where rules are tried out that nobody publishes, and what one begins with for GitLab and for Slack. */
export function PlaygroundPage({ gitlab, slack }: { gitlab: string; slack: string }) {
  return (
    <div class="editing">
      <form id="playground" class="stack" data-doc="playground">
        <input type="hidden" name="etag" value="" />
        <div class="field">
          <label for="key">Rules for</label>
          <select id="key" name="key">
            <option value="mapping/gitlab/*" data-yaml={gitlab} data-sample="issue.open">
              what happens in GitLab
            </option>
            <option value="mapping/slack/*" data-yaml={slack} data-sample="slack.reaction_added">
              what happens in Slack
            </option>
          </select>
        </div>
        <Editor json="" yaml={gitlab} readable={gitlab} by={null} />
      </form>
      <PreviewPane events={[]} source={null} chosen={null} alone={true} />
    </div>
  );
}
