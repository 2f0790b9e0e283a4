import { expect, it } from "vitest";
import { causeway, causewayJson, startCauseway } from "./causeway.ts";
import { AT, PUSH, SUPPORT, useCloudflare } from "./folder-beside-cloudflare.ts";

const cloudflare = await useCloudflare();
const { folder } = cloudflare;

it("obeys Cloudflare when it answers 429, and asks again when it fails", async () => {
  const { around } = folder();
  let puts = 0;
  cloudflare.failing(({ method }) => {
    if (method !== "PUT") return null;
    puts += 1;
    if (puts === 1) return { status: 429, retryAfter: 1 };
    return puts === 2 ? { status: 500 } : null;
  });
  const began = Date.now();
  const pushed = await causeway(PUSH, around);
  expect(pushed.code).toBe(0);
  expect(Date.now() - began).toBeGreaterThan(1000);
  expect(pushed.stderr).toContain("Trying again in 1 s");
  expect(Object.keys(cloudflare.documents())).toHaveLength(3);
});

it("says what was written when it fails for good half way; the same push again goes on", async () => {
  const files = Object.fromEntries(
    Array.from({ length: 600 }, (_, index) => [`person/p${index}`, "slack: U0000000001\n"]),
  );
  const { around } = folder(files);
  let puts = 0;
  cloudflare.failing(({ method }) => {
    if (method === "PUT") puts += 1;
    return puts > 2 ? { status: 503 } : null;
  });
  const broken = await causeway(PUSH, around);
  expect(broken.code).toBe(5);
  expect(broken.stderr).toContain("Cloudflare's API failed (503");
  expect(broken.stderr).toContain("Written, of 600 documents, are 500:\n  person/p0\n");
  expect(Object.keys(cloudflare.documents())).toHaveLength(500);

  cloudflare.failing(() => null);
  const list = await causeway(["history", ...AT], around);
  expect(list.stdout).toContain("600 documents, 500 written");
  expect(await causeway(["diff", ...AT], around)).toMatchObject({
    code: 1,
    stdout: expect.stringContaining("100 documents: 100 added"),
  });
  expect(await causeway(PUSH, around)).toMatchObject({ code: 0 });
  expect(Object.keys(cloudflare.documents())).toHaveLength(600);
  expect((await causeway(["diff", ...AT], around)).code).toBe(0);
  const after = await causewayJson<{ items: { via: string }[] }>(["history", ...AT], around);
  expect(after.json.items.map(({ via }) => via)).toEqual(["command line", "command line"]);
});

it("sends again what a bulk write left out", async () => {
  const { around } = folder();
  cloudflare.leftOut.add("person/amina");
  expect(await causeway(PUSH, around)).toMatchObject({ code: 0 });
  expect(cloudflare.documents()).toHaveProperty("person/amina");
});

it("says what was written when a push is stopped", async () => {
  const files = Object.fromEntries(
    Array.from({ length: 1100 }, (_, index) => [`person/p${index}`, "slack: U0000000001\n"]),
  );
  const { around } = folder(files);
  const push = startCauseway(PUSH, around);
  push.stdin?.end();
  cloudflare.lookingOn(async ({ method, pairs }) => {
    if (method !== "PUT" || pairs !== 500) return;
    push.kill("SIGINT");
    await new Promise((resolve) => setTimeout(resolve, 100));
  });
  let said = "";
  push.stderr?.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const code = await new Promise((resolve) => push.on("close", resolve));
  expect(code).toBe(5);
  expect(said).toContain("You stopped it.\nWritten, of 1100 documents, are 500:");
  expect(Object.keys(cloudflare.documents())).toHaveLength(500);
});

it("does not wait for Cloudflare any longer when it is stopped, and leaves no trace before the writing", async () => {
  const { around } = folder();
  cloudflare.failing(({ method }) => (method === "PUT" ? { status: 429, retryAfter: 200 } : null));
  const push = startCauseway(PUSH, around);
  push.stdin?.end();
  let said = "";
  push.stderr?.on("data", (chunk: Buffer) => {
    said += chunk.toString();
    if (chunk.toString().includes("Trying again in 200 s")) push.kill("SIGINT");
  });
  const began = Date.now();
  const code = await new Promise((resolve) => push.on("close", resolve));
  expect(Date.now() - began).toBeLessThan(20_000);
  expect(code).toBe(2);
  expect(said).toContain("Stopping after this batch …");
  expect(said).toContain("You stopped it, and nothing was published.");
  expect(cloudflare.kv.size).toBe(0);
});

it("says what was written when it is stopped while Cloudflare lets it wait", async () => {
  const { around } = folder();
  let puts = 0;
  cloudflare.failing(({ method }) => {
    if (method === "PUT") puts += 1;
    return puts > 1 ? { status: 429, retryAfter: 200 } : null;
  });
  const push = startCauseway([...PUSH, "--json"], around);
  push.stdin?.end();
  push.stderr?.on("data", (chunk: Buffer) => {
    if (chunk.toString().includes("Trying again in 200 s")) push.kill("SIGINT");
  });
  let printed = "";
  push.stdout?.on("data", (chunk: Buffer) => (printed += chunk.toString()));
  const code = await new Promise((resolve) => push.on("close", resolve));
  expect(code).toBe(5);
  expect(JSON.parse(printed)).toMatchObject({
    error: {
      code: "broken_off",
      message: expect.stringContaining("You stopped it.\nNone of them is written") as string,
      details: { written: [] },
    },
  });
});

it("reads no records that it does not need", async () => {
  const { around, write } = folder();
  for (let at = 0; at < 300; at += 1) {
    const id = `20260101T${String(100000 + at)}Z-000000`;
    const changes = [{ key: "person/gone", before: null, after: at % 2 === 0 ? "{}" : null }];
    const by = { by: "Ben", why: "", via: "command line" };
    const record = { id, at: "2026-01-01T10:00:00Z", ...by, restores: null, changes };
    cloudflare.put(`history/${id}`, record);
  }
  const recordsRead = () => cloudflare.recordsRead.splice(0).length;
  await causeway(PUSH, around);
  // These were written by something that does not count documents.
  expect(recordsRead()).toBe(300);
  write("person/amina", "slack: U0000000002\n");
  expect(await causeway(PUSH, around)).toMatchObject({ code: 0 });
  expect(recordsRead()).toBe(0);
  const few = await causewayJson<{ items: object[] }>(["history", ...AT, "--limit", "2"], around);
  expect(few.json.items).toHaveLength(2);
  expect(recordsRead()).toBe(50);

  // What somebody removed by hand is found all the same.
  cloudflare.kv.delete("destination/support");
  const found = await causewayJson<{ items: object[] }>(["history", ...AT, "--limit", "1"], around);
  expect(found.json.items).toMatchObject([{ via: "outside", keys: [{ kind: "removed" }] }]);
});

it("publishes 2,000 mappings in bulk writes", async () => {
  const files = Object.fromEntries(
    Array.from({ length: 2000 }, (_, index) => [
      `mapping/gitlab/acme/p${index}`,
      "rules:\n  - name: Opened\n    on: issue.open\n    to: support\n",
    ]),
  );
  const { around } = folder({ ...files, "destination/support": SUPPORT["destination/support"] });
  expect(await causeway(PUSH, around)).toMatchObject({ code: 0 });
  const writes = cloudflare.asked.filter(({ method }) => method === "PUT");
  expect(writes.map(({ pairs }) => pairs)).toEqual([1, 500, 500, 500, 500, 1, 1]);
  expect((await causeway(["diff", ...AT], around)).stdout).toContain("Nothing differs");
  expect(Object.keys(cloudflare.documents())).toHaveLength(2001);
});
