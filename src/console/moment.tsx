import { momentInWords } from "./moment-in-words.ts";

/**
 * When something was or will be, in words; the exact time in UTC behind them. Both in milliseconds. The
 * page keeps the words true while it stands.
 */
export function Moment({ at, now }: { at: number; now: number }) {
  const iso = new Date(at).toISOString();
  return (
    <time datetime={iso} title={`${iso.slice(0, 19).replace("T", " ")} UTC`} data-now={now}>
      {momentInWords(at - now)}
    </time>
  );
}
