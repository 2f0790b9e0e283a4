import { capital } from "../../../words/capital.ts";
import type { Json } from "../../../json.ts";
import type { Rule } from "../../../mappings/schema.ts";
import { cleanPath } from "../../gitlab/clean-path.ts";
import { note, type Draft, type Remark } from "../draft.ts";
import { slug } from "../slug.ts";
import { readZaps, stepsTo, type Step, type Zap } from "./read-zaps.ts";
import { selectedBy } from "./selected-by.ts";
import type { Selection } from "./selection-of.ts";
import { targetOf, type Target } from "./target-of.ts";
import { triggerOf, type Trigger } from "./trigger-of.ts";
import { stepInWords } from "./words-of.ts";

/** Stands where the path of a project or group has to be filled in. */
const UNKNOWN_GROUP = "my-group";

/** How Zaps are to be moved in. */
export type ZapOptions = {
  /** Rules record what they would send, and send nothing. */
  shadow: boolean;
  /** The project of a Zap that does not say its own, by the Zap's id or title. */
  projectOf: (zap: { id: string; title: string }) => string | null;
};

/** Zapier passed on whatever its hook was sent. */
const CONFIDENTIAL: Remark = {
  kind: "todo",
  at: null,
  message:
    "Confidential issues are not told here. If they were told on purpose: confidential: true",
};

/**
 * Turns a Zap export, without the addresses in it, into rules and destinations: each step that sends to
 * Slack is a rule, and the filters and paths on the way to it are its conditions.
 */
export function convertZaps(draft: Draft, exported: Json, options: ZapOptions): void {
  const zaps = readZaps(exported);
  if (zaps.length === 0) note(draft, "lost", "the export", "There is no Zap with steps in it.");
  for (const zap of zaps) convertZap(draft, zap, options);
}

function convertZap(draft: Draft, zap: Zap, options: ZapOptions): void {
  const from = `Zap ${JSON.stringify(zap.title)}`;
  const root = [...zap.steps.values()].find(({ parent }) => parent === null);
  const trigger = root === undefined ? null : triggerOf(root);
  if (root === undefined || trigger === null) {
    const started = root === undefined ? "nothing that is in the export" : root.appName;
    note(
      draft,
      "lost",
      from,
      `It is started by ${started}, not by GitLab, so no rule was made. Emoji reactions and joining are in docs/reactions.md; schedules are not supported.`,
    );
    return;
  }
  const sending = [...zap.steps.values()].filter(
    (step) => step !== root && !step.isFilter && (step.app === "slack" || step.app === "webhooks"),
  );
  if (sending.length === 0) note(draft, "lost", from, "It has no step that sends to Slack.");
  for (const step of zap.steps.values()) {
    if (step.app === "other" && step !== root) {
      note(
        draft,
        "lost",
        from,
        `${capital(stepInWords(step, zap))}: Causeway tells Slack only, so this step has no equivalent.`,
      );
    }
  }
  for (const step of sending) {
    const about = sending.length === 1 ? from : `${from}, ${stepInWords(step, zap)}`;
    const target = targetOf(draft, zap, step, about);
    if (typeof target === "string") {
      note(draft, "lost", from, `${capital(stepInWords(step, zap))}: ${target}`);
      continue;
    }
    const { remarks } = target.destination;
    if (!remarks.includes(CONFIDENTIAL)) remarks.push(CONFIDENTIAL);
    addRule(
      draft,
      zap,
      { step, trigger, target, from: about, isOnly: sending.length === 1 },
      options,
    );
  }
}

function addRule(
  draft: Draft,
  zap: Zap,
  {
    step,
    trigger,
    target,
    from,
    isOnly,
  }: { step: Step; trigger: Trigger; target: Target; from: string; isOnly: boolean },
  options: ZapOptions,
): void {
  const trail = stepsTo(zap, step).slice(0, -1);
  const selection = selectedBy(trail, zap);
  const path = pathOf(zap, selection, trigger, options);
  const mapping = `mapping/gitlab/${path ?? `${UNKNOWN_GROUP}/${slug(zap.title) || "zap"}`}`;
  const on = typesOf(selection, trigger);
  const remarks = [...delays(trail, zap), ...target.remarks, ...selectionRemarks(selection)];
  if (path === null) {
    remarks.push({
      kind: "todo",
      at: null,
      message: `The Zap does not say which project its hook belongs to. Move this file to mapping/gitlab/<path of the project>.yaml, or import again with --project <path>.`,
    });
  }
  if (on.includes("*")) {
    remarks.push({
      kind: "todo",
      at: "on",
      message: `The Zap takes whatever GitLab's hook sends. Narrow this to what the hook's triggers were, such as issue.open for new issues (docs/events.md).`,
    });
  }
  const { name: to } = target.destination;
  if (draft.rules.some((other) => other.mapping === mapping && other.rule.to === to)) {
    remarks.push({
      kind: "todo",
      at: "to",
      message:
        "A rule above goes to the same destination. Causeway tells a destination once of an event: the first rule that matches decides what.",
    });
  }
  if (trigger.readFrom !== null && selection.kinds === null) {
    remarks.push({
      kind: "todo",
      at: "on",
      message: `Read from the name of the Zap's trigger, ${JSON.stringify(trigger.readFrom)}: check it.`,
    });
  }
  const rule: Rule = {
    name: (isOnly ? zap.title : `${zap.title}: ${step.title ?? to}`).replace(/\s+/g, " "),
    on: on.length === 1 ? (on[0] ?? "*") : on,
    ...(Object.keys(selection.when).length === 0 ? {} : { when: selection.when }),
    to,
    ...target.says,
    ...(zap.isOff ? { enabled: false } : {}),
    // Without one of its conditions it would tell more than the Zap did.
    ...(options.shadow || selection.unread.length > 0 ? { mode: "shadow" } : {}),
  };
  draft.rules.push({ mapping, from, rule, remarks });
}

function pathOf(
  zap: Zap,
  selection: Selection,
  trigger: Trigger,
  options: ZapOptions,
): string | null {
  return cleanPath(selection.path ?? "") ?? trigger.path ?? options.projectOf(zap);
}

function typesOf({ kinds, actions }: Selection, trigger: Trigger): string[] {
  const ofKinds = kinds ?? trigger.kinds;
  const ofActions = actions ?? trigger.actions;
  if (ofKinds === null) return ofActions?.map((action) => `*.${action}`) ?? ["*"];
  return ofKinds.flatMap((kind) => (ofActions ?? ["*"]).map((action) => `${kind}.${action}`));
}

function delays(trail: Step[], zap: Zap): Remark[] {
  return trail
    .filter(({ app }) => app === "delay")
    .map((step) => ({
      kind: "lost",
      at: null,
      message: `${capital(stepInWords(step, zap))}: Causeway tells at once, at the pace that Slack allows.`,
    }));
}

function selectionRemarks({ unread }: Selection): Remark[] {
  return unread.map((said) => ({
    kind: "lost",
    at: "when",
    message: `A filter of the Zap could not be read: ${said}. The rule is in shadow until you have written it as "when" (docs/mappings.md#conditions-when).`,
  }));
}
