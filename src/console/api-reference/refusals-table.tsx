import type { ApiOperation } from "./api-document.ts";
import { Prose } from "./prose.tsx";

/** Said once for all operations. */
const EVERYWHERE = ["401", "403"];

/** What an operation refuses besides what every one does. */
export function RefusalsTable({ operation }: { operation: ApiOperation }) {
  const rows = Object.entries(operation.responses)
    .filter(([status]) => !EVERYWHERE.includes(status))
    .flatMap(([status, { "x-codes": codes = [] }]) => codes.map((each) => ({ status, ...each })));
  if (rows.length === 0) return null;
  return (
    <section class="part">
      <h4>Refusals</h4>
      <div class="table">
        <table class="stacked">
          <caption class="unseen">What {operation.operationId} refuses</caption>
          <thead>
            <tr>
              <th scope="col">Status</th>
              <th scope="col">Code</th>
              <th scope="col">When</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ status, code, when }) => (
              <tr>
                <td data-label="Status">{status}</td>
                <td data-label="Code">{code === null ? "Slack's own" : <code>{code}</code>}</td>
                <td data-label="When">
                  <Prose text={when} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
