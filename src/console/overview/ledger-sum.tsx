import { bigNumber } from "../../words/big-number.ts";
import type { OverviewProps } from "./overview-page.tsx";

/** The ledger, as the sum that it is. */
export function LedgerSum({ overview: { ledger } }: Pick<OverviewProps, "overview">) {
  const { received, deliveries } = ledger;
  return (
    <section class="card" aria-labelledby="ledger-title">
      <h2 id="ledger-title">Ledger</h2>
      <p>
        Every request that was ever accepted is in exactly one of these states, so nothing is lost
        without being seen.
      </p>
      <dl class="figures sum">
        <Term name="received" count={received} sign="" />
        <Term name="delivered" count={ledger.delivered} sign="=" />
        <Term name="filtered" count={ledger.filtered} sign="+" />
        <Term name="duplicate" count={ledger.duplicate} sign="+" />
        <Term name="pending" count={ledger.pending} sign="+" />
        <Term name="failed" count={ledger.failed} sign="+" />
        <Term name="unreadable" count={ledger.unreadable} sign="+" />
      </dl>
      <p class="soft">
        Deliveries, one for each place that an event goes to, with alerts and replays:{" "}
        {bigNumber(deliveries.delivered)} delivered, {bigNumber(deliveries.filtered)} filtered,{" "}
        {bigNumber(deliveries.pending)} pending, {bigNumber(deliveries.failed)} failed.{" "}
        {deliveries.inDoubt === 0
          ? ""
          : `The answer to ${bigNumber(deliveries.inDoubt)} sends was lost: those may stand in Slack twice.`}
      </p>
    </section>
  );
}

function Term({ name, count, sign }: { name: string; count: number; sign: "" | "=" | "+" }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {sign === "" ? null : <span class="sign">{sign} </span>}
        {bigNumber(count)}
      </dd>
    </div>
  );
}
