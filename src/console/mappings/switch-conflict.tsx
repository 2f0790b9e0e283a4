import type { Switched } from "../../operations/rules/switch-rule.ts";
import { toInWords } from "../../mappings/to-in-words.ts";
import { named } from "../../words/named.ts";
import type { Rule } from "../../mappings/schema.ts";
import { whenInWords } from "../../mappings/rule-in-words.ts";
import { Moment } from "../moment.tsx";
import { RuleSwitch } from "./rule-switch.tsx";
import { inAddress } from "../in-address.ts";

type Conflict = Extract<Switched, { status: "conflict" }>;

/** Somebody was faster, or the visitor elsewhere (`isOwn`): who, and how the rule is now. Whoever still wants to can switch that one. */
export function SwitchConflict(props: {
  name: string;
  conflict: Conflict;
  isOwn: boolean;
  back: string;
  now: number;
}) {
  const { name, conflict, isOwn, back, now } = props;
  const { document, rule } = conflict;
  const history = `/admin/history?key=${inAddress(document.key)}`;
  return (
    <section class="card" aria-label="What changed meanwhile">
      <p>
        <b>{isOwn ? "You" : (document.by ?? "Somebody")}</b> changed <code>{document.key}</code>{" "}
        <Moment at={Date.parse(document.at)} now={now} />, after you had opened the page. Nothing
        was switched. <a href={history}>What was changed</a>
      </p>
      {rule === null ? (
        <p>There is no rule “{name}” in it any more.</p>
      ) : (
        <Present mapping={document.key} etag={document.etag} rule={rule} back={back} />
      )}
      <p>
        <a href={back}>Back to the rules</a>
      </p>
    </section>
  );
}

function Present(props: { mapping: string; etag: string; rule: Rule; back: string }) {
  const { rule } = props;
  return (
    <>
      <p>
        The rule “{rule.name}” as it is now applies {whenInWords(rule)}, to{" "}
        {named([rule.to].flat().map(toInWords))}.
      </p>
      <RuleSwitch {...props} mayChange />
    </>
  );
}
