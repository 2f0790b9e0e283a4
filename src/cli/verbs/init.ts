import { existsSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import type { Command } from "commander";
import { CHECKOUT } from "../checkout.ts";
import type { Context } from "../context.ts";
import { cleanPath } from "../gitlab/clean-path.ts";
import { beginFolder, type Begun } from "../init/begin-folder.ts";
import { DOCUMENT_PREFIXES } from "../../publishing/document-kind.ts";
import type { Beginning } from "../init/starter-files.ts";
import { EXIT, Refusal } from "../terminal/refusal.ts";
import { answers, verb } from "../verb.ts";

type Given = { project: string; channel: string };

const EXAMPLE: Given = { project: "my-group/my-project", channel: "C0123456789" };
/** G is how private channels of former times begin; a direct message is no place for a team. */
const CHANNEL = /^[CG][A-Z0-9]{2,}$/;

/** `causeway init [dir]`: a configuration folder to start from. */
export function init(context: Context): Command {
  const command = verb(
    "init",
    "begin a configuration folder",
    "Begins a configuration folder: a mapping and a destination (and an example of a person, unless you say both project and channel), with comments that say what to change, the JSON Schemas for editors, and a CI job that lints. Nothing is overwritten.",
  )
    .argument("[dir]", "the configuration folder, made if there is none (default: this one)")
    .option(
      "--project <path>",
      "write the first rule for this GitLab project or group",
      EXAMPLE.project,
    )
    .option("--channel <id>", "tell it in this Slack channel", EXAMPLE.channel)
    .addHelpText(
      "after",
      "\nExample:\n  causeway init config --project my-group/my-project --channel C0123456789",
    );
  return answers<Given>(command, context, async (options, given) => {
    const beginning = checked(options);
    const { cwd, terminal } = context;
    const dir = resolve(cwd, given ?? ".");
    const within = relative(cwd, dir) || ".";
    const shown = within.startsWith("..") ? dir : within;
    const there = DOCUMENT_PREFIXES.find((prefix) => existsSync(join(dir, prefix)));
    if (there !== undefined) {
      throw new Refusal(
        "configuration_exists",
        `${shown === "." ? "This folder" : shown} holds a configuration already: there is a ${there} in it. Nothing was written.`,
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
      text: text(shown, begun, beginning, terminal.style),
    };
  });
}

/** Throws a {@link Refusal} for what cannot be a path of GitLab's or a channel's id. */
function checked({ project, channel }: Given): Beginning {
  const path = cleanPath(project);
  if (path === null) {
    const message = `"${project}" is not the path of a GitLab project or group; expected one such as my-group/my-project.`;
    throw new Refusal("bad_project", message, EXIT.usage);
  }
  if (!CHANNEL.test(channel)) {
    const message = `"${channel}" is not a Slack channel's id; expected one such as C0123456789 (in Slack: channel details, at the bottom).`;
    throw new Refusal("bad_channel", message, EXIT.usage);
  }
  const isExample = path === EXAMPLE.project || channel === EXAMPLE.channel;
  return { project: path, channel, isExample };
}

function begin(dir: string, shown: string, beginning: Beginning): Begun {
  try {
    return beginFolder(dir, beginning);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    const { code, path } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new Refusal("not_written", `${path ?? shown} cannot be written (${code}).`);
  }
}

function text(
  shown: string,
  { written, kept }: Begun,
  { isExample }: Beginning,
  style: Context["terminal"]["style"],
): string {
  const inside = shown === "." ? "here" : `in ${shown}`;
  return [
    ...written.map((file) => `${style("green", "written")}  ${join(shown, file)}`),
    ...kept.map((file) => `${style("dim", "kept")}     ${join(shown, file)}`),
    "",
    next(inside, isExample),
    `  causeway lint ${shown}       finds mistakes${isExample ? ", and warns of each example that is left" : ""}`,
    `  causeway push ${shown}       publishes it`,
  ].join("\n");
}

function next(inside: string, isExample: boolean): string {
  return isExample
    ? `Next: look at the files ${inside}, put in your project's path, your channel's id and your people, then`
    : `Next: look at the files ${inside}, then`;
}
