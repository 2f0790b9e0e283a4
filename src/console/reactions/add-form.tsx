import { MAX_RULE_NAME } from "../../mappings/schema.ts";
import { keyOf } from "../../operations/reactions/change-answer.ts";
import { documentAt } from "../publish/document-link.tsx";
import { occasionInWords, type SlackOccasion } from "../../operations/reactions/occasion.ts";
import { channelInWords, type ChannelNames } from "../slack-names/channel-name.tsx";
import { CellForm } from "./cell-form.tsx";
import type { Draft } from "./draft.ts";

type Props = {
  channel: string;
  occasion: SlackOccasion;
  /** A name that no rule of the channel has. */
  freeName: string;
  draft: Draft | null;
  names: ChannelNames;
  now: number;
};

/** Adds a rule that answers one thing with one text. */
export function AddForm({ channel, occasion, freeName, draft, names, now }: Props) {
  const here = `${occasionInWords(occasion)} in ${channelInWords(channel, names)}`;
  const places: [to: string, label: string][] = [
    // Nobody who joins writes a message that a thread could hang on.
    ...(occasion.kind === "member_joined"
      ? []
      : [["thread", "in the thread, for all"] as [string, string]]),
    ["ephemeral", "in the channel, for that person only"],
    ["dm", "in a direct message"],
  ];
  const to = draft?.to ?? places[0]?.[0] ?? "";
  return (
    <CellForm
      {...{ channel, occasion, draft, names, now, to }}
      label={`A new answer to ${here}`}
      text={draft?.text ?? ""}
      button="Add and publish"
    >
      <label class="field">
        <span class="label">Where it is said</span>
        <select name="to">
          {places.map(([value, label]) => (
            <option value={value} selected={value === to}>
              {label}
            </option>
          ))}
        </select>
        <span class="hint">
          Other places, and who may ask and how often, in{" "}
          <a href={documentAt(keyOf(channel))}>the editor</a>.
        </span>
      </label>
      <label class="field">
        <span class="label">Name of the rule</span>
        <input name="name" value={draft?.name ?? freeName} maxlength={MAX_RULE_NAME} required />
      </label>
    </CellForm>
  );
}
