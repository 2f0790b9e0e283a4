import { inUtc } from "../words/in-utc.ts";
import { momentInWords } from "./moment-in-words.ts";

/**
 * When something was or will be, in words; the exact time in UTC behind them. Both in milliseconds. The
 * page keeps the words true while it stands.
 */
export function Moment({ at, now }: { at: number; now: number }) {
  return (
    <time datetime={new Date(at).toISOString()} title={inUtc(at)} data-now={now}>
      {momentInWords(at - now)}
    </time>
  );
}
