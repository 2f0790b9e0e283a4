import {
  field,
  isObject,
  object,
  objects,
  text,
  type Json,
  type JsonObject,
} from "../../../json.ts";

export type Workflow = {
  name: string;
  trigger: { type: string; id: string; config: JsonObject };
  steps: { type: string; id: string; config: JsonObject }[];
};

/**
 * A workflow of Slack's old Workflow Builder, as its `.slackworkflow` export has it:
 * `{ source_id, version, workflow: { name, blueprint: { trigger, steps } } }`. Slack never documented it; it
 * was learnt from files that people have published. Null for everything else.
 */
export function readWorkflow(exported: Json): Workflow | null {
  const workflow = isObject(field(exported, "workflow")) ? field(exported, "workflow") : exported;
  const blueprint = isObject(field(workflow, "blueprint"))
    ? field(workflow, "blueprint")
    : workflow;
  const trigger = field(blueprint, "trigger");
  if (!isObject(trigger)) return null;
  const steps = field(blueprint, "steps") ?? null;
  return {
    name: (text(field(workflow, "name")) ?? "").replace(/\s+/g, " ").trim() || "Workflow",
    trigger: part(trigger),
    steps: objects(steps ?? field(blueprint, "workflow_steps")).map(part),
  };
}

function part(value: JsonObject): { type: string; id: string; config: JsonObject } {
  return {
    type: text(value["type"]) ?? "unknown",
    id: text(value["id"]) ?? "",
    config: object(value["config"]),
  };
}

/** The texts that a setting has: `"C1"`, `{ value: "C1" }`, or a list of either. */
export function valuesOf(setting: Json | undefined): string[] {
  const listed = Array.isArray(setting) ? setting : [setting];
  return listed.flatMap(
    (each) => text(isObject(each) ? (each["value"] ?? each["name"]) : each) ?? [],
  );
}

/** What a setting takes from an earlier step: `<id of the step>==user`; null when it is a value. */
export function refOf(setting: Json | undefined): { step: string; of: string } | null {
  const ref = text(field(setting, "ref"));
  if (ref === null) return null;
  const [step = "", ...of] = ref.split("==");
  return { step, of: of.join("==") };
}
