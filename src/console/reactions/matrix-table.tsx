import { occasionInWords } from "../../operations/reactions/occasion.ts";
import type { ReactionMatrix } from "../../operations/reactions/reaction-matrix.ts";
import { ChannelName, type ChannelNames } from "../slack-names/channel-name.tsx";
import { channelHref } from "./cell-href.ts";
import { CellShown } from "./cell-shown.tsx";

type Props = { matrix: ReactionMatrix; names: ChannelNames; mayEdit: boolean };

/** Channels × what people do there. A cell opens in its place, without scripts as a page. */
export function MatrixTable({ matrix: { rows, occasions }, names, mayEdit }: Props) {
  return (
    <div class="table matrix" role="region" aria-label="Channels and reactions" tabindex={0}>
      <table hx-boost="true" hx-target="closest .cell" hx-swap="innerHTML" hx-push-url="false">
        <caption class="unseen">What is answered in each channel, by what people do there</caption>
        <thead>
          <tr>
            <th scope="col">Channel</th>
            {occasions.map((occasion) => (
              <th scope="col">{occasionInWords(occasion)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ channel, cells }) => (
            <tr>
              <th scope="row">
                <a href={channelHref(channel)} hx-boost="false">
                  <ChannelName channel={channel} names={names} />
                </a>
              </th>
              {cells.map((cell) => (
                <td>
                  <div class="cell">
                    <CellShown channel={channel} cell={cell} names={names} mayEdit={mayEdit} />
                  </div>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
