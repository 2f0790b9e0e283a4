import {
  field,
  identifier,
  isObject,
  object,
  objects,
  own,
  text,
  type Json,
  type JsonObject,
} from "../../../json.ts";

/** What a step is done by, as far as it matters here. */
type App = "gitlab" | "webhooks" | "slack" | "filter" | "paths" | "formatter" | "delay" | "other";

export type Step = {
  id: string;
  parent: string | null;
  app: App;
  /** The app in people's words. */
  appName: string;
  /** Zapier's own name of what is done: `hook_v2`, `channel_message`. */
  action: string;
  isFilter: boolean;
  title: string | null;
  params: JsonObject;
  /** What the editor showed for a parameter that is an id. */
  labels: JsonObject;
};

export type Zap = {
  id: string;
  title: string;
  /** It was switched off. */
  isOff: boolean;
  steps: Map<string, Step>;
};

const APPS: Record<string, [App, string]> = {
  gitlab: ["gitlab", "GitLab"],
  webhook: ["webhooks", "Webhooks by Zapier"],
  webhooks: ["webhooks", "Webhooks by Zapier"],
  slack: ["slack", "Slack"],
  filter: ["filter", "Filter by Zapier"],
  branching: ["paths", "Paths by Zapier"],
  paths: ["paths", "Paths by Zapier"],
  formatter: ["formatter", "Formatter by Zapier"],
  zapierformatter: ["formatter", "Formatter by Zapier"],
  delay: ["delay", "Delay by Zapier"],
  code: ["other", "Code by Zapier"],
  schedule: ["other", "Schedule by Zapier"],
  storage: ["other", "Storage by Zapier"],
  digest: ["other", "Digest by Zapier"],
};

/**
 * The Zaps of an export: `{ metadata, zaps: [{ id, title, nodes }] }`, where nodes are linked by
 * `parent_id`. The format is not documented; it was learnt from exports that people have published. What
 * has no such shape has no Zaps.
 *
 * @see https://help.zapier.com/hc/en-us/articles/8496289406349-Export-or-delete-your-Zapier-account-data
 */
export function readZaps(exported: Json): Zap[] {
  const listed = Array.isArray(exported) ? exported : field(exported, "zaps");
  const zaps = Array.isArray(listed) ? objects(listed) : [object(exported)];
  return zaps.flatMap((zap, index) => readZap(zap, index) ?? []);
}

function readZap(zap: JsonObject, index: number): Zap | null {
  const nodes = zap["nodes"];
  const listed: [string, Json][] = Array.isArray(nodes)
    ? nodes.map((node, at) => [String(at + 1), node])
    : Object.entries(object(nodes));
  const steps = new Map<string, Step>();
  for (const [key, node] of listed) {
    if (isObject(node)) steps.set(identifier(node["id"]) ?? key, readStep(key, node));
  }
  if (steps.size === 0) return null;
  const root = [...steps.values()].find(({ parent }) => parent === null);
  const isPaused = listed.some(
    ([key, node]) =>
      (identifier(field(node, "id")) ?? key) === root?.id && field(node, "paused") === true,
  );
  return {
    id: identifier(zap["id"]) ?? String(index + 1),
    title: oneLine(text(zap["title"]) ?? root?.title ?? "") || `Zap ${index + 1}`,
    // Of the steps only the first says it: in every export seen the others are "paused" while the Zap runs.
    isOff: isPaused || /^(off|paused|draft)$/i.test(text(zap["status"]) ?? ""),
    steps,
  };
}

function readStep(key: string, node: JsonObject): Step {
  const api = text(node["selected_api"]) ?? "";
  const [versionless = ""] = api.split("@", 1);
  const name = versionless.replace(/(V\d+)?(CLI)?API$/, "");
  const [app, appName] = own(APPS, name.toLowerCase()) ?? ["other", name || "an unknown app"];
  return {
    id: identifier(node["id"]) ?? key,
    parent: identifier(node["parent_id"]),
    app,
    appName,
    action: (text(node["action"]) ?? "").toLowerCase(),
    isFilter: node["type_of"] === "filter" || app === "filter",
    title: text(field(node, "meta", "stepTitle")) ?? text(node["title"]),
    params: object(node["params"]),
    labels: object(field(node, "meta", "parammap")),
  };
}

/** The steps from the first to this one, in order. */
export function stepsTo(zap: Zap, step: Step): Step[] {
  const trail = new Set<Step>();
  for (let at: Step | undefined = step; at !== undefined && !trail.has(at);) {
    trail.add(at);
    at = at.parent === null ? undefined : zap.steps.get(at.parent);
  }
  return [...trail].toReversed();
}

function oneLine(said: string): string {
  return said.replace(/\s+/g, " ").trim();
}
