import { CommanderError, type Command } from "commander";
import { describe, expect, it, test } from "vitest";
import type { Context } from "../../../src/cli/context.ts";
import { program } from "../../../src/cli/program.ts";
import { causeway } from "./causeway.ts";

/** A terminal that keeps what is said. */
function silentContext(): Context {
  return {
    terminal: {
      print: () => {},
      note: () => {},
      style: (_style, text) => text,
      confirm: async () => await Promise.resolve(null),
      progress: () => ({ at: () => {}, end: () => {} }),
    },
    env: {},
    cwd: "/",
    now: Date.now,
  };
}

/** Every command, by the words that one types for it. */
function commandsOf(command: Command, path: string[] = []): [path: string, command: Command][] {
  return command.commands.flatMap((inner): [string, Command][] => {
    const words = [...path, inner.name()];
    return [[words.join(" "), inner], ...commandsOf(inner, words)];
  });
}

/** Runs a command line in this process, and says how commander ended it and what it wrote. */
async function ran(args: string[]): Promise<{ code: number | null; out: string; error: string }> {
  const causewayProgram = program(silentContext());
  let [out, error] = ["", ""];
  const output = {
    writeOut: (said: string) => (out += said),
    writeErr: (said: string) => (error += said),
  };
  for (const [, command] of [["", causewayProgram] as const, ...commandsOf(causewayProgram)]) {
    command.configureOutput(output);
  }
  try {
    await causewayProgram.parseAsync(["node", "causeway", ...args]);
    return { code: null, out, error };
  } catch (thrown) {
    if (!(thrown instanceof CommanderError)) throw thrown;
    return { code: thrown.exitCode === 0 ? 0 : 2, out, error };
  }
}

const OF_THE_LIBRARY = ["complete", "help"];
const commands = commandsOf(program(silentContext())).filter(
  ([path]) => !OF_THE_LIBRARY.includes(path),
);
const verbs = commands.filter(([, { commands: inner }]) => inner.length === 0);

describe.for(commands)("causeway %s", ([path, command]) => {
  it("has a summary that fits behind its name, and a description in whole sentences", () => {
    expect(command.summary()).toMatch(/^[a-z].*[^.!?:,\s]$/);
    expect(command.summary()).not.toMatch(/\n|\. /);
    expect(command.description()).toMatch(/^[A-Z][^]*(\.|\.md)$/);
  });

  it("explains its options and arguments", () => {
    for (const { flags, description } of command.options) {
      expect(`${flags}: ${description}`).toMatch(/: .{5,}[^.\s]$/);
    }
    for (const argument of command.registeredArguments) {
      expect(`${argument.name()}: ${argument.description}`).toMatch(/: .{5,}[^.\s]$/);
    }
  });

  it("shows its help, and ends with 0", async () => {
    const { code, out } = await ran([...path.split(" "), "--help"]);
    expect(code).toBe(0);
    expect(out).toContain(`Usage: causeway ${path} `);
    for (const { long } of command.options) expect(out).toContain(long ?? "");
    const [, examples] = /\nExamples?:\n((?: .*\n)+)/.exec(out) ?? [];
    for (const line of examples?.trimEnd().split("\n") ?? []) {
      expect(line).toMatch(/^ {2}(\S+=\S+ )?causeway \S/);
    }
    expect(out).not.toMatch(/\$ causeway|\n\n$/);
  });

  it("does not know another option, and says where help is", async () => {
    const needed = command.options
      .filter(({ mandatory }) => mandatory)
      .flatMap(({ long }) => [long ?? "", "x"]);
    const { code, error } = await ran([...path.split(" "), ...needed, "--nonsense-option"]);
    expect(code).toBe(2);
    expect(error).toMatch(/unknown option '--nonsense-option'/);
    expect(error).toContain("(--help shows what there is)");
  });
});

const folders = commands.flatMap(([path, { registeredArguments }]) =>
  registeredArguments.filter((each) => each.name() === "dir").map((dir) => [path, dir] as const),
);

test.for(folders)("causeway %s names its folder as all do", ([, { description }]) => {
  expect(description).toMatch(/^the configuration folder.*\(default: this one\)$/);
});

test.for(verbs)("causeway %s can print JSON", ([, command]) => {
  expect(command.options.map(({ long }) => long)).toContain("--json");
});

test.for(commands.filter(([, { commands: inner }]) => inner.length > 0))(
  "causeway %s alone shows what there is below it",
  async ([path, command]) => {
    const { code, out, error } = await ran(path.split(" "));
    expect(code).toBe(2);
    for (const inner of command.commands) expect(out + error).toContain(inner.name());
  },
);

describe("causeway, as a process", () => {
  it("lists every verb under a heading of its own kind", async () => {
    const { code, stdout } = await causeway(["--help"]);
    expect(code).toBe(0);
    for (const [path, command] of commands) {
      if (path.includes(" ")) continue;
      expect(stdout).toMatch(new RegExp(`^  ${path}[ |]`, "m"));
      expect(command.helpGroup()).toMatch(/:$/);
    }
  });

  it("says its version", async () => {
    const { code, stdout } = await causeway(["--version"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  test.for<[args: string[], said: RegExp]>([
    [
      ["simulat"],
      /unknown command 'simulat'\n\(Did you mean simulate\?\)\n\(--help shows what there is\)/,
    ],
    [["import", "zapir"], /unknown command 'zapir'\n\(Did you mean zapier\?\)/],
    [["lint", "--fromat", "json"], /unknown option '--fromat'\n\(Did you mean --format\?\)/],
    [["import", "zapier"], /missing required argument 'export'/],
    [["lint", "a", "b", "c"], /too many arguments/],
  ])("%j ends with 2, and a hint", async ([args, said]) => {
    const { code, stdout, stderr } = await causeway(args);
    expect(stderr).toMatch(said);
    expect(code).toBe(2);
    expect(stdout).toBe("");
  });

  it("without a verb shows the help, and ends with 2", async () => {
    const { code, stdout, stderr } = await causeway([]);
    expect(code).toBe(2);
    expect(stdout + stderr).toContain("Usage: causeway [options] [command]");
  });
});
