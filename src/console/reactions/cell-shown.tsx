import { templateInBrief } from "../../mappings/template-in-brief.ts";
import { occasionInWords } from "../../operations/reactions/occasion.ts";
import type { Cell } from "../../operations/reactions/reaction-matrix.ts";
import { cutText } from "../../slack/mrkdwn.ts";
import { AnswerMarks } from "./answer-marks.tsx";
import { cellHref } from "./cell-href.ts";
import { channelInWords, type ChannelNames } from "../slack-names/channel-name.tsx";

type Props = {
  channel: string;
  cell: Cell;
  names: ChannelNames;
  mayEdit: boolean;
  /** Whether it was open just now: whoever uses the keyboard is left here. */
  wasOpen?: boolean;
  /** What was just done here. */
  done?: string;
};

const MAX_SHOWN = 140;

/** What happens in one cell of the matrix, briefly, with the way to all of it. */
export function CellShown({ channel, cell, names, mayEdit, wasOpen = false, done = "" }: Props) {
  const { occasion, answers } = cell;
  const href = cellHref(channel, occasion);
  const here = `${occasionInWords(occasion)} in ${channelInWords(channel, names)}`;
  return (
    <>
      {done === "" ? null : (
        <p class="small done" role="status">
          {done}
        </p>
      )}
      {answers.map((answer, index) => (
        <p class={answer.inherited ? "answer soft" : "answer"}>
          <a href={href} autofocus={wasOpen && index === 0}>
            {brief(answer.text ?? answer.said)}
          </a>
          <small>
            {answer.where} <AnswerMarks answer={answer} />
          </small>
          {answer.terms === "" ? null : <small>{answer.terms}</small>}
        </p>
      ))}
      {answers.length > 0 ? null : mayEdit ? (
        <a class="add" href={href} autofocus={wasOpen} aria-label={`Add an answer to ${here}`}>
          +
        </a>
      ) : (
        <span class="unseen">nothing</span>
      )}
    </>
  );
}

/** A template as it reads at a glance: "‹author›, please use …". */
function brief(text: string): string {
  return cutText(templateInBrief(text).replace(/\s+/gu, " ").trim(), MAX_SHOWN);
}
