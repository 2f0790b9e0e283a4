import { targetAlone } from "../../mappings/address.ts";
import { capital } from "../../words/capital.ts";
import type { Preview } from "../../operations/drafts/preview-draft.ts";
import { outcomeInWords, placeInWords } from "../../simulation/simulation-in-words.ts";
import type { OutgoingContent } from "../../slack/answer.ts";
import type { Names } from "../../slack-look/render-mrkdwn.ts";
import { PostedMessage } from "../posted-message.tsx";
import { TableFrame } from "../table-frame.tsx";

type SimulatedMessageProps = {
  delivery: Preview["deliveries"][number];
  /** What Slack's ids are called. */
  names: Names;
};

/** What one destination would get: a message in Slack's look, a workflow's variables, an issue. */
export function SimulatedMessage({ delivery, names }: SimulatedMessageProps) {
  const { destination, rule, outcome, place, content, problem, blockKitBuilder } = delivery;
  const said = outcomeInWords(outcome);
  return (
    <article class={`card simulated ${outcome}`} data-outcome={outcome}>
      <header>
        <h3>{targetAlone(destination)}</h3>
        <p class="soft small">
          {place === null ? null : `${placeInWords(place, names)}, `}by the rule “{rule}”
        </p>
      </header>
      {said === null ? null : <p class="note small">{capital(said)}</p>}
      {problem === null ? null : <p class="note small">{problem}</p>}
      {content === null ? null : (
        <Content content={content} only={place?.user ?? null} names={names} />
      )}
      {blockKitBuilder === null ? null : (
        <p class="small">
          <a href={blockKitBuilder} target="_blank" rel="noopener noreferrer">
            Open in Slack's Block Kit Builder
          </a>{" "}
          <span class="soft">(a page of Slack's, which gets to see the message)</span>
        </p>
      )}
    </article>
  );
}

type ContentProps = { content: OutgoingContent; only: string | null; names: Names };

function Content({ content, only, names }: ContentProps) {
  switch (content.kind) {
    case "message":
      return (
        <div class="in-slack">
          <PostedMessage
            content={content}
            names={names}
            onlyFor={only === null ? undefined : (names(only) ?? only)}
          />
        </div>
      );
    case "workflow":
      return <Variables variables={content.variables} />;
    case "issue": {
      const { title, description, labels, confidential } = content.draft;
      return (
        <dl class="facts small">
          <dt>Title</dt>
          <dd>
            {title}
            {confidential ? " (confidential)" : ""}
          </dd>
          {labels.length === 0 ? null : (
            <>
              <dt>Labels</dt>
              <dd>{labels.join(", ")}</dd>
            </>
          )}
          <dt>Description</dt>
          <dd class="as-written">{description}</dd>
        </dl>
      );
    }
  }
}

function Variables({ variables }: { variables: Record<string, string> }) {
  const all = Object.entries(variables);
  if (all.length === 0) return <p class="small">The workflow is started without variables.</p>;
  return (
    <TableFrame label="The workflow gets">
      <table class="variables">
        <caption>The workflow gets</caption>
        <thead>
          <tr>
            <th scope="col">Variable</th>
            <th scope="col">Value</th>
          </tr>
        </thead>
        <tbody>
          {all.map(([name, value]) => (
            <tr>
              <th scope="row">
                <code>{name}</code>
              </th>
              <td class="as-written">{value === "" ? <i class="soft">empty</i> : value}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
}
