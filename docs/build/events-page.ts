import { EVENT_CATALOGUE, type CataloguedKind } from "../../src/gitlab/event-catalogue.ts";
import type { Event } from "../../src/event.ts";
import { eventScope } from "../../src/mappings/scope.ts";
import { noticeOf } from "../../src/messages/notice-of.ts";
import { toPlain } from "../../src/messages/phrase.ts";
import { kindVariables } from "../../src/messages/kind-variables.ts";
import { COMMON_VARIABLES } from "../../src/messages/workflow-variables.ts";

/** Fields that every event has, whatever its kind. */
const ALWAYS =
  "id type types kind action link confidential large labels_added labels_removed".split(" ");

/** docs/events.md: every type of event, made of the catalogue and of the examples' own messages. */
export function eventsPage(examples: Map<string, Event>): string {
  const parts = [
    INTRODUCTION,
    ...EVENT_CATALOGUE.map((kind) => section(kind, examples)),
    VARIABLES,
  ];
  return `${parts.join("\n\n")}\n`;
}

const INTRODUCTION = `# Events

<!-- Made by \`npm run docs\` from src/gitlab/event-catalogue.ts and the webhook bodies in test/fixtures/gitlab. -->

What a rule may listen to (\`on\`), when it happens, which fields of [the event](mappings.md#the-event) it fills, and the first
words of its [default message](messages.md). A kind that GitLab adds later is accepted too, as \`<kind>.<action>\` in
GitLab's own words; a body that names no kind (one of a custom webhook template) is \`unknown\`.

Every event has \`${ALWAYS.join("`, `")}\`. Beside the fields listed, GitLab's own \`object_attributes\` stand under
\`event.<kind>\`, and its whole body is \`payload\`.

${EVENT_CATALOGUE.map(({ kind, name }) => `[${name}](#${kind})`).join(" · ")} · [Workflow variables](#variables)`;

const VARIABLES = `<a id="variables"></a>

## Workflow variables

What a workflow's variable of one of these names is filled with when the rule says nothing. All kinds have

\`${Object.keys(COMMON_VARIABLES).join("`, `")}\`.

\`summary\` is what happened, in one line; \`facts\` what a card shows below it; \`text\` is without Markdown; \`branch\` is \`ref\`. What
each kind has besides stands with it above. Any other name is \`""\` unless the rule fills it, and what an event does not
have is \`""\` too.`;

function section(
  { kind, name, hook, actions, note }: CataloguedKind,
  examples: Map<string, Event>,
) {
  const alike = ISSUE_KINDS.includes(kind) ? ISSUE_KINDS : [kind];
  const events = [...examples.values()].filter((event) => alike.includes(event.kind));
  const all = Object.entries(actions);
  // Work items of every sort are issues to GitLab: their types are told once.
  const told =
    kind === "issue" ? all : all.filter(([action]) => !isAsOfIssues(kind, action, examples));
  const rows = told.map(([action, when]) => {
    const type = `${kind}.${action}`;
    return `| \`${type}\` | ${when} | ${sample(type, examples)} |`;
  });
  const rest = all.filter((each) => !told.includes(each)).map(([action]) => `${kind}.${action}`);
  const own = [...new Set(events.flatMap(({ details }) => Object.keys(kindVariables(details))))];
  return [
    `<a id="${kind}"></a>`,
    `## ${name}`,
    `Trigger in GitLab: ${hook}.${note === undefined ? "" : ` ${note}`}`,
    ["| type | when | for example |", "| --- | --- | --- |", ...rows].join("\n"),
    ...(rest.length === 0 ? [] : [`And, as of [issues](#issue): ${code(rest)}.`]),
    `Fields: ${code(fieldsOf(events))}.${own.length === 0 ? "" : ` Workflow variables of its own: ${code(own)}.`}`,
  ].join("\n\n");
}

/** Whether a type of another work item is as that of issues, and has no example of its own. */
function isAsOfIssues(kind: string, action: string, examples: Map<string, Event>): boolean {
  return ISSUE_KINDS.includes(kind) && exampleOf(`${kind}.${action}`, examples) === undefined;
}

/** The example of a type: the one of its name, else one of its kind that counts as it too. */
function exampleOf(type: string, examples: Map<string, Event>): Event | undefined {
  const kind = type.split(".", 1)[0];
  const all = [...examples.values()];
  return (
    examples.get(type) ??
    all.find((event) => event.type === type) ??
    all.find((event) => event.kind === kind && event.types.includes(type))
  );
}

/** What is said of the example of a type. */
function sample(type: string, examples: Map<string, Event>): string {
  const example = exampleOf(type, examples);
  return example === undefined ? "" : toPlain(noticeOf(example).headline).replaceAll("|", "\\|");
}

/** The fields that at least one example fills. */
function fieldsOf(events: Event[]): string[] {
  const filled = (value: unknown): boolean =>
    value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0);
  const names = events.flatMap((event) =>
    Object.entries(eventScope(event)).flatMap(([name, value]) =>
      filled(value) && !ALWAYS.includes(name) ? [name] : [],
    ),
  );
  const kinds = new Set(EVENT_CATALOGUE.map(({ kind }) => kind));
  return [...new Set(names)].filter((name) => !kinds.has(name) || KEPT.includes(name));
}

const ISSUE_KINDS = ["issue", "work_item", "incident", "epic"];

/** Fields that have the name of a kind. */
const KEPT = ["project", "group", "milestone"];

function code(names: string[]): string {
  return names.map((name) => `\`${name}\``).join(", ");
}
