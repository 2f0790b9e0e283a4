import { Option, type Command } from "commander";
import type { Context } from "../context.ts";
import { EXIT, Refusal } from "../terminal/refusal.ts";
import { adminApi, asksWorker, type WorkerOptions } from "../worker/admin-api.ts";
import { cloudflareKv } from "./cloudflare-kv.ts";
import { kvTarget } from "./kv-target.ts";
import { localKv } from "./local-kv.ts";
import type { Target } from "./target.ts";
import { workerTarget } from "./worker-target.ts";

/** What a verb that publishes can be told about where. */
export type TargetOptions = WorkerOptions & {
  target: "worker" | "local" | "cloudflare";
  namespaceId?: string;
  persistTo?: string;
};

/** Gives a verb the options of {@link withTarget}. */
export function asksTarget(command: Command): Command {
  return asksWorker(
    command.addOption(
      new Option(
        "--target <target>",
        "worker: its own admin API; local: the KV of this machine; cloudflare: a KV namespace through Cloudflare's API",
      )
        .choices(["worker", "local", "cloudflare"])
        .default("worker"),
    ),
  )
    .option(
      "--namespace-id <id>",
      "the namespace at Cloudflare (default: CAUSEWAY_KV_NAMESPACE_ID)",
    )
    .option(
      "--persist-to <dir>",
      "where wrangler keeps its local state, if not in .wrangler/state",
    );
}

/** Opens the target that the options name, and closes it when `use` is done with it. */
export async function withTarget<Result>(
  context: Context,
  options: TargetOptions,
  use: (target: Target) => Promise<Result>,
): Promise<Result> {
  const target = await open(context, options);
  try {
    return await use(target);
  } finally {
    await target.close();
  }
}

async function open(context: Context, options: TargetOptions): Promise<Target> {
  const { target, url, namespaceId, persistTo } = options;
  const belongs = (option: string, given: unknown, to: TargetOptions["target"]): void => {
    if (given === undefined || target === to) return;
    throw new Refusal(
      "wrong_option",
      `${option} is for --target ${to}, and this is ${target}.`,
      EXIT.usage,
    );
  };
  belongs("--url", url, "worker");
  belongs("--namespace-id", namespaceId, "cloudflare");
  belongs("--persist-to", persistTo, "local");
  switch (target) {
    case "worker":
      return workerTarget(context, adminApi(context, options));
    case "local":
      return kvTarget(context, await localKv(context, persistTo));
    case "cloudflare":
      return kvTarget(context, cloudflareKv(context, namespaceId));
  }
}
