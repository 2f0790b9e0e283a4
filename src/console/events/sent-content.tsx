import type { Content } from "../../relay/outcomes.ts";
import { renderMrkdwn, type Names } from "../../slack-look/render-mrkdwn.ts";
import { PostedMessage } from "../posted-message.tsx";
import { TableFrame } from "../table-frame.tsx";

/** What a delivery sent, or is to send: a message in Slack's look, a workflow's variables, an issue. */
export function SentContent({ content, names }: { content: Content; names: Names }) {
  switch (content.kind) {
    case "message":
      return <PostedMessage content={content} names={names} />;
    case "alert":
      return <div class="slack-look">{renderMrkdwn(content.text, { names })}</div>;
    case "undo":
      return <p class="small">It takes an earlier answer back.</p>;
    case "workflow":
      return <Pairs of="The workflow's variables" pairs={Object.entries(content.variables)} />;
    case "issue": {
      const { title, labels, description } = content.draft;
      const pairs: [string, string][] = [
        ["Title", title],
        ["Labels", labels.join(", ")],
        ["Description", description],
      ];
      return <Pairs of="The issue" pairs={pairs} />;
    }
  }
}

function Pairs({ of, pairs }: { of: string; pairs: [string, string][] }) {
  return (
    <TableFrame label={of}>
      <table class="pairs">
        <caption>{of}</caption>
        <tbody>
          {pairs.map(([name, value]) => (
            <tr>
              <th scope="row">{name}</th>
              <td class="as-written">{value === "" ? <span class="soft">empty</span> : value}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
}
