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
