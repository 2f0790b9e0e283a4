import { existsSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import type { Command } from "commander";
import type { Context } from "../context.ts";
import { beginFolder, CHECKOUT, type Begun } from "../init/begin-folder.ts";
import { CHANNEL_ID } from "../../mappings/schema.ts";
import type { Beginning } from "../init/starter-files.ts";
import { EXIT, Refusal } from "../terminal/refusal.ts";
import { answers, verb } from "../verb.ts";

const EXAMPLE: Beginning = { project: "my-group/my-project", channel: "C0123456789" };
const DOCUMENTS = ["mapping", "destination", "person"];

/** `causeway init [dir]`: a configuration folder to start from. */
export function init(context: Context): Command {
  const command = verb(
    "init",
    "begin a configuration folder",
    "Begins a configuration folder: a mapping, a destination and a person with comments that say what to change, the JSON Schemas for editors, and a CI job that lints. Nothing is overwritten.",
  )
    .argument("[dir]", "the folder; it is made if there is none (default: this one)")
    .option(
      "--project <path>",
      "the GitLab project or group that the first rule is for",
      EXAMPLE.project,
    )
    .option("--channel <id>", "the Slack channel where it is told", EXAMPLE.channel)
    .addHelpText(
      "after",
      "\nExample:\n  causeway init config --project my-group/my-project --channel C0123456789",
    );
  return answers<Beginning>(command, context, async (options, given) => {
    const beginning = checked(options);
    const { cwd, terminal } = context;
    const dir = resolve(cwd, given ?? ".");
    const shown = relative(cwd, dir) || ".";
    const there = DOCUMENTS.find((name) => existsSync(join(dir, name)));
    if (there !== undefined) {
      throw new Refusal(
        "configuration_exists",
        `${shown === "." ? "This folder" : shown} holds a configuration already: there is a ${there}/ in it. Nothing was written.`,
        EXIT.usage,
      );
    }
    if (dir === resolve(CHECKOUT)) {
      throw new Refusal(
        "checkout",
        'This is Causeway itself. Give the configuration a folder of its own: "causeway init config".',
        EXIT.usage,
      );
    }
    const begun = begin(dir, shown, beginning);
    const next = [`causeway lint ${shown}`, `causeway push ${shown}`];
    return {
      json: { dir: shown, ...begun, next },
      text: text(shown, begun, options, terminal.style),
    };
  });
}

/** Throws a {@link Refusal} for what cannot be a path of GitLab's or a channel's id. */
function checked({ project, channel }: Beginning): Beginning {
  const path = project.toLowerCase().replace(/^\/+|\/+$/g, "");
  if (!/^[a-z0-9_][\w.-]*(\/[a-z0-9_][\w.-]*)*$/.test(path)) {
    const message = `"${project}" is not the path of a GitLab project or group; expected one such as my-group/my-project.`;
    throw new Refusal("bad_project", message, EXIT.usage);
  }
  if (!CHANNEL_ID.test(channel)) {
    const message = `"${channel}" is not a Slack channel's id; expected one such as C0123456789 (in Slack: channel details, at the bottom).`;
    throw new Refusal("bad_channel", message, EXIT.usage);
  }
  return { project: path, channel };
}

function begin(dir: string, shown: string, beginning: Beginning): Begun {
  try {
    return beginFolder(dir, beginning);
  } catch (error) {
    const { code, path } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new Refusal("not_written", `${path ?? shown} cannot be written (${code}).`);
  }
}

function text(
  shown: string,
  { written, kept }: Begun,
  { project, channel }: Beginning,
  style: Context["terminal"]["style"],
): string {
  const inside = shown === "." ? "here" : `in ${shown}`;
  return [
    ...written.map((file) => `${style("green", "written")}  ${join(shown, file)}`),
    ...kept.map((file) => `${style("dim", "kept")}     ${join(shown, file)}`),
    "",
    next(inside, project === EXAMPLE.project || channel === EXAMPLE.channel),
    `  causeway lint ${shown}       finds mistakes`,
    `  causeway push ${shown}       publishes it`,
  ].join("\n");
}

function next(inside: string, isExample: boolean): string {
  return isExample
    ? `Next: look at the files ${inside}, put your project's path, your channel's id and your people into them, then`
    : `Next: look at the files ${inside}, then`;
}
