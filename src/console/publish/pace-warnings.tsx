import type { HourlyPace } from "../../operations/backtest/backtest-pace.ts";
import { counted } from "../../words/counted.ts";

/** Which destinations would get more in an hour than their limit lets through. */
export function PaceWarnings({ paces }: { paces: HourlyPace[] }) {
  const beyond = paces.filter((pace) => pace.beyond > 0);
  if (beyond.length === 0) return null;
  return (
    <section>
      <h4>More than the pace allows</h4>
      <ul>
        {beyond.map(({ destination, most, mostAt, allowed, beyond: hours }) => (
          <li>
            {destination} would get {counted(most, "message")} within the hour from{" "}
            {mostAt.slice(0, 16).replace("T", " ")} UTC, and its limit lets {Math.floor(allowed)}{" "}
            through: in {counted(hours, "hour")} messages would wait.
          </li>
        ))}
      </ul>
    </section>
  );
}
