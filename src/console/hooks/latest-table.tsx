import type { LatestOfHook } from "../../relay/latest-by-hook.ts";
import { Moment } from "../moment.tsx";
import { TableFrame } from "../table-frame.tsx";

/** Which webhooks the latest events came through: what can be seen without asking GitLab. */
export function LatestTable(props: { latest: LatestOfHook[]; at: number; now: number }) {
  const { latest, at, now } = props;
  return (
    <section class="stack" aria-labelledby="latest">
      <h2 id="latest">What came lately</h2>
      {latest.length === 0 ? (
        <p class="soft">No event of GitLab's is stored.</p>
      ) : (
        <TableFrame label="The last event by the path in a webhook's address">
          <table>
            <caption class="unseen">The last event by the path in a webhook's address</caption>
            <thead>
              <tr>
                <th scope="col">Path in the webhook's address</th>
                <th scope="col">Last event</th>
              </tr>
            </thead>
            <tbody>
              {latest.map(({ hookPath, at: last }) => (
                <tr>
                  <th scope="row">
                    {hookPath === null ? (
                      "none (the address that all share)"
                    ) : (
                      <code>{hookPath}</code>
                    )}
                  </th>
                  <td>
                    <Moment at={last} now={now} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableFrame>
      )}
      <p class="soft small">
        Of the latest 1,000 events of each namespace, as it was <Moment at={at} now={now} />. A
        webhook that is missing here may be quiet, or be disabled.
      </p>
    </section>
  );
}
