import { keyOf } from "../../operations/reactions/change-answer.ts";
import { documentAt } from "../publish/document-link.tsx";
import {
  occasionInWords,
  occasionOf,
  type SlackOccasion,
} from "../../operations/reactions/occasion.ts";
import type { Cell, PlacedAnswer } from "../../operations/reactions/reaction-matrix.ts";
import { named } from "../../words/named.ts";
import { AddForm } from "./add-form.tsx";
import { AnswerForm } from "./answer-form.tsx";
import { AnswerMarks } from "./answer-marks.tsx";
import { cellHref } from "./cell-href.ts";
import { type ChannelNames } from "../slack-names/channel-name.tsx";
import type { Draft } from "./draft.ts";

type Props = {
  channel: string;
  cell: Cell;
  names: ChannelNames;
  mayEdit: boolean;
  freeName: string;
  draft: Draft | null;
  now: number;
};

/** All that happens on one occasion in one channel, each answer to be changed where it can be. */
export function CellEditor(props: Props) {
  const { channel, cell, names, mayEdit, freeName, draft, now } = props;
  const { occasion, answers } = cell;
  const isNew = draft !== null && answers.every(({ rule }) => rule !== draft.rule);
  const isBare = answers.every(({ inherited }) => inherited);
  const add = (
    <AddForm
      channel={channel}
      occasion={occasion}
      freeName={freeName}
      draft={isNew ? draft : null}
      names={names}
      now={now}
    />
  );
  return (
    <div class="stack editor" hx-boost="false">
      {answers.map((answer) => (
        <section class="stack" aria-label={answer.rule}>
          <div>
            <p class="row">
              <b>{answer.rule}</b>
              <AnswerMarks answer={answer} />
            </p>
            <p class="small soft">{inWords(answer, occasion)}</p>
          </div>
          <Words
            {...props}
            answer={answer}
            draft={draft?.rule === answer.rule && !answer.inherited ? draft : null}
          />
        </section>
      ))}
      {!mayEdit ? (
        answers.length === 0 ? (
          <p class="soft">Nothing is answered here.</p>
        ) : null
      ) : isBare || isNew ? (
        add
      ) : (
        <details>
          <summary>Add another answer to {occasionInWords(occasion)}</summary>
          {add}
        </details>
      )}
    </div>
  );
}

function Words(props: Props & { answer: PlacedAnswer }) {
  const { channel, cell, names, mayEdit, draft, now, answer } = props;
  const { occasion } = cell;
  if (mayEdit && !answer.inherited && answer.onlyInEditor === null) {
    return (
      <AnswerForm
        channel={channel}
        occasion={occasion}
        answer={answer}
        draft={draft}
        names={names}
        now={now}
      />
    );
  }
  const from = answer.inherited ? "*" : channel;
  const isText = answer.onlyInEditor === null;
  return (
    <>
      {answer.text === null ? <p>It {answer.said}.</p> : <pre tabindex={0}>{answer.text}</pre>}
      <p class="small">
        {isText || !mayEdit ? "" : `${answer.onlyInEditor} `}
        {!mayEdit ? null : isText ? (
          <a href={cellHref(from, answer.glob === null ? occasion : occasionOf(answer.glob))}>
            Change it for every channel
          </a>
        ) : (
          <a href={documentAt(keyOf(from), { rule: answer.rule })}>Change it in the editor</a>
        )}
      </p>
    </>
  );
}

/** "Answers in the thread, unless it is a bot. Also to :eyes:." */
function inWords(answer: PlacedAnswer, occasion: SlackOccasion): string {
  const { where, terms, on, undo, glob, behind } = answer;
  const others = on.filter((type) => type !== (glob ?? occasion.type)).map(occasionOf);
  return [
    `Answers ${where}${terms === "" ? "" : `, ${terms}`}.`,
    ...(glob === null ? [] : [`It is for ${occasionInWords(occasionOf(glob))}.`]),
    ...(others.length === 0 ? [] : [`Also on: ${named(others.map(occasionInWords))}.`]),
    ...(undo ? ["Who takes the reaction back takes the answer back."] : []),
    ...(behind === null ? [] : [`“${behind}” always answers there first.`]),
  ].join(" ");
}
