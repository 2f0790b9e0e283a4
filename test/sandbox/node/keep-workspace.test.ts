import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";

import { keepWorkspace } from "../../../src/sandbox/keep-workspace.ts";
import { createWorkspace } from "../../../src/sandbox/workspace.ts";

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "causeway-test-"));
  path = join(folder, "state/slack.json");
});
afterEach(() => rmSync(folder, { recursive: true }));

const draft = {
  via: "bot",
  path: "/api/chat.postMessage",
  channel: "C0000000001",
  poster: "causeway",
} as const;

it("shows after a restart what was there before", () => {
  const before = createWorkspace();
  const save = keepWorkspace(before, path);
  before.post({ ...draft, text: "hello" });
  save();

  const after = createWorkspace();
  keepWorkspace(after, path);
  expect(after.messages).toEqual(before.messages);
});

it("reads a file of before reactions had people, without those reactions", () => {
  const before = createWorkspace();
  const save = keepWorkspace(before, path);
  const message = before.post({ ...draft, text: "hello" });
  before.react(message, "U0000000001", "eyes");
  save();
  const text = readFileSync(path, "utf8");
  writeFileSync(path, text.replace('"reactions":[', '"reactions":["wave",'));

  const after = createWorkspace();
  keepWorkspace(after, path);
  expect(after.messages).toMatchObject([
    { text: "hello", reactions: [{ name: "eyes", users: ["U0000000001"] }] },
  ]);
});

it("writes soon by itself", async () => {
  const before = createWorkspace();
  keepWorkspace(before, path);
  before.post({ ...draft, text: "hello" });
  await new Promise((resolve) => setTimeout(resolve, 400));

  const after = createWorkspace();
  keepWorkspace(after, path);
  expect(after.messages).toHaveLength(1);
});

it.for(["", "{", "null", "[]", '{"messages":1}'])(
  "starts empty where the file holds %j",
  (text) => {
    path = join(folder, "slack.json");
    writeFileSync(path, text);
    const workspace = createWorkspace();
    keepWorkspace(workspace, path);
    expect(workspace.messages).toEqual([]);
  },
);
