import type { AnswersRow } from "../../operations/destinations/destinations-table.ts";
import { HealthMark, WhyNotWell } from "./health-mark.tsx";
import { PauseForm } from "./pause-form.tsx";

/** Where the bot answers, as far as something is stuck there. */
export function AnswersTable(props: {
  rows: AnswersRow[];
  back: string;
  mayChange: boolean;
  now: number;
}) {
  const { rows, back, mayChange, now } = props;
  return (
    <div class="table">
      <table class="stacked">
        <caption>Answers of the bot that wait or are paused</caption>
        <thead>
          <tr>
            <th scope="col">Where</th>
            <th scope="col">State</th>
            <th scope="col" class="number">
              Waiting
            </th>
            <th scope="col">
              <span class="unseen">What can be done</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, inWords, health, waiting }) => (
            <tr>
              <th scope="row">
                {inWords} <code class="soft small">{name}</code>
              </th>
              <td data-label="State">
                <HealthMark health={health} />
                <WhyNotWell name={name} health={health} now={now} />
              </td>
              <td class="number" data-label="Waiting">
                {waiting}
              </td>
              <td>{mayChange ? <PauseForm name={name} health={health} back={back} /> : null}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
