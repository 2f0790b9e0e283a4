import { sentence } from "../../words/sentence.ts";
import { messageInWords } from "../../mappings/message-in-words.ts";
import { toInWords } from "../../mappings/to-in-words.ts";
import type { RuleRow } from "../../operations/rules/rules-table.ts";
import { whenInWords } from "../../mappings/rule-in-words.ts";
import type { ChannelNames } from "../slack-names/channel-name.tsx";
import type { Health } from "../../operations/destinations/destination-health.ts";
import { HealthMark, WhyNotWell } from "../destinations/health-mark.tsx";
import { inAddress } from "../in-address.ts";
import { Moment } from "../moment.tsx";
import { documentAt } from "../publish/document-link.tsx";
import { StateMark } from "../state-mark.tsx";
import { MappingSource } from "./mapping-source.tsx";
import { RuleSwitch } from "./rule-switch.tsx";

/** What the table's rows have in common. */
export type RulesTableProps = {
  rows: RuleRow[];
  /** What channels are called, by id, where it is known. */
  names: ChannelNames;
  /** The page itself, to come back to. */
  back: string;
  mayChange: boolean;
  now: number;
};

/** Rules, one a row, as people read them. */
export function RulesTable({ rows, ...common }: RulesTableProps) {
  return (
    <div class="table">
      <table class="stacked rules">
        <caption class="unseen">Rules, by the mapping that they are in</caption>
        <thead>
          <tr>
            <th scope="col">Rule</th>
            <th scope="col">To</th>
            <th scope="col" class="number">
              In 7 days
            </th>
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <Row row={row} id={`switch-${index}`} {...common} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

type RowProps = { row: RuleRow; id: string } & Omit<RulesTableProps, "rows">;

function Row({ row, id, ...common }: RowProps) {
  const { names, back, mayChange, now } = common;
  const { document, source, place, rule } = row;
  return (
    <tr>
      <th scope="row">
        {rule === null ? <NoRules row={row} /> : <Said row={row} rule={rule.is} />}
        {rule?.to.map(({ name, health }) =>
          isWell(health) ? null : (
            <div class="small why">
              {toInWords(name)}: <WhyNotWell name={name} health={health} now={now} />
            </div>
          ),
        )}
        <p class="small facts">
          <MappingSource source={source} place={place} names={names} />
          <span class="soft">
            {" · "}
            <a href={`/admin/history?key=${inAddress(document.key)}`}>
              changed <Moment at={Date.parse(document.at)} now={now} />
            </a>{" "}
            {byWhom(document)}
          </span>
        </p>
      </th>
      <td data-label="To">
        {rule?.to.map(({ name, health }) => (
          <div class="to">
            <DestinationName name={name} /> <HealthMark health={health} />
          </div>
        ))}
      </td>
      <td class="number" data-label="In 7 days">
        {rule === null ? null : rule.sent.delivered}
        {rule?.sent.lastAt == null ? null : (
          <div class="soft small">
            <Moment at={rule.sent.lastAt} now={now} />
          </div>
        )}
      </td>
      <td data-label="State">
        {rule === null ? (
          <StateMark tone={row.problem === null ? "off" : "bad"}>
            {row.problem === null ? "empty" : "cannot be used"}
          </StateMark>
        ) : (
          <RuleSwitch
            id={id}
            mapping={document.key}
            etag={document.etag}
            rule={rule.is}
            back={`${back}#${id}`}
            mayChange={mayChange}
          />
        )}
      </td>
    </tr>
  );
}

/** What stands for the bot has no document of its own. */
function DestinationName({ name }: { name: string }) {
  const words = toInWords(name);
  return words === name ? (
    <a href={`/admin/destinations?name=${inAddress(name)}`}>{name}</a>
  ) : (
    <>{words}</>
  );
}

function Said({ row, rule }: { row: RuleRow; rule: NonNullable<RuleRow["rule"]>["is"] }) {
  const { if: code, ...when } = rule.when ?? {};
  return (
    <>
      <a href={documentAt(row.document.key, { rule: rule.name })}>{rule.name}</a>
      <p class="sentence">
        {sentence(whenInWords({ ...rule, when }))}{" "}
        <span class="soft">It {messageInWords(rule)}.</span>
      </p>
      {code === undefined ? null : (
        <details class="sentence">
          <summary>And a condition in code</summary>
          <pre>{code}</pre>
        </details>
      )}
    </>
  );
}

function NoRules({ row: { document, problem } }: { row: RuleRow }) {
  return (
    <>
      <a href={documentAt(document.key)}>{document.key}</a>
      <p class="sentence">
        {problem === null
          ? "The mapping has no rules."
          : `The mapping cannot be used: ${problem} What a Relay read before is used meanwhile; where there is nothing, events wait.`}
      </p>
    </>
  );
}

/** Whether there is nothing to be put right. */
function isWell({ is }: Health): boolean {
  return is === "ok" || is === "unused";
}

function byWhom({ by, via }: RuleRow["document"]): string {
  if (by !== null) return `by ${by}`;
  return via === "outside" ? "outside Causeway" : "by nobody knows whom";
}
