import type { PlacedAnswer } from "../../operations/reactions/reaction-matrix.ts";
import { StateMark } from "../state-mark.tsx";

/** What keeps an answer from being given, or to all who ask: as signs with words. */
export function AnswerMarks({ answer }: { answer: PlacedAnswer }) {
  const { enabled, shadow, inherited, behind } = answer;
  return (
    <>
      {enabled ? null : <StateMark tone="off">off</StateMark>}
      {shadow ? <StateMark tone="off">shadow</StateMark> : null}
      {inherited ? <StateMark tone="plain">as everywhere</StateMark> : null}
      {behind === null ? null : <StateMark tone="waiting">never its turn</StateMark>}
    </>
  );
}
