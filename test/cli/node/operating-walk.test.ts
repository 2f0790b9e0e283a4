import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { readConfiguration } from "../../../src/folder/read-folder.ts";
import { causeway, causewayJson } from "./causeway.ts";
import { startWorld } from "./world.ts";

const OPERATING = join(import.meta.dirname, "../../../docs/operating.md");
const HEADING = "## A rule, from an empty folder and back\n";

// What `npm start` has in KV.
const examples = readConfiguration(join(import.meta.dirname, "../../../examples/gitlab-support"));
const world = await startWorld(
  Object.fromEntries(examples.map(({ key, value }) => [key, JSON.parse(value) as unknown])),
);
const folder = mkdtempSync(join(tmpdir(), "causeway-walk-"));
afterAll(async () => {
  await world.stop();
  rmSync(folder, { recursive: true });
});

it("docs/operating.md leads from an empty folder to a rule that is published, and back", async () => {
  const around = { env: { ...world.env, CAUSEWAY_BY: "amina" }, cwd: folder };
  const before = await documents();
  const commands = commandsOf(readFileSync(OPERATING, "utf8"));
  const verbs = commands.map((words) => words[0]);
  expect(verbs.join(" ")).toBe(
    "send init lint simulate backtest diff push send events history rollback",
  );
  const seen = new Map<string, { documents: Documents; state: string | undefined }[]>();
  for (const words of commands) {
    const [verb = ""] = words;
    const { json: history } = await causewayJson<{ items: { id: string }[] }>(["history"], around);
    // Ids differ each time, and nobody is there to say yes.
    const run = words.map((word) =>
      /^\d{8}T\d{6}Z-/.test(word) ? (history.items[0]?.id ?? "") : word,
    );
    const asked = ["push", "rollback"].includes(verb) ? [...run, "--yes"] : run;
    const { code, stdout, stderr } = await causeway(asked, around);
    // A difference is what diff is there to find.
    expect({ verb, code, stderr }).toEqual({
      verb,
      code: verb === "diff" ? 1 : 0,
      stderr: expect.any(String) as string,
    });
    expect(stdout.trim()).not.toBe("");
    seen.set(verb, [
      ...(seen.get(verb) ?? []),
      { documents: await documents(), state: await lastState() },
    ]);
  }
  // The first had no rule; by the published one the second was posted.
  expect(seen.get("send")?.map(({ state }) => state)).toEqual(["filtered", "delivered"]);
  expect(seen.get("push")?.[0]?.documents).toMatchObject({
    ...before,
    "destination/team": expect.any(String) as string,
  });
  expect(await documents()).toEqual(before);
});

/** The commands of the section, as words. */
function commandsOf(page: string): string[][] {
  const from = page.indexOf(HEADING) + HEADING.length;
  const section = page.slice(from, page.indexOf("\n## ", from));
  return [...section.matchAll(/^ {4}npx causeway (.*?)(?: {2,}#.*)?$/gm)].map(([, line = ""]) =>
    [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? ""),
  );
}

type Documents = Record<string, string | null>;

async function documents(): Promise<Documents> {
  const { keys } = await world.kv.list();
  const names = keys.map(({ name }) => name).filter((name) => !name.startsWith("history/"));
  const texts = await Promise.all(names.map((name) => world.kv.get(name, "text")));
  return Object.fromEntries(names.map((name, index) => [name, texts[index] ?? null]));
}

async function lastState(): Promise<string | undefined> {
  await world.settled();
  const { items } = await world.api<{ items: { state: string }[] }>("/events?limit=1");
  return items[0]?.state;
}
