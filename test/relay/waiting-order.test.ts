import { runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import issueOpen from "../fixtures/gitlab/issue.open.json" with { type: "json" };
import { deliver } from "../webhook.ts";
import {
  bindings,
  createWorld,
  DOCUMENTS,
  endWorld,
  publish,
  relay,
  settled,
  step,
  type World,
} from "../world.ts";

const UNREAD = "mapping/gitlab/acme/unread";

let world: World;
beforeEach(async () => {
  world = await createWorld();
  for (const key of ["mapping/gitlab/acme/read", UNREAD]) {
    const rule = { name: "All", on: "issue.open", message: "{{ event.title }}" };
    await publish(key, { rules: [{ ...rule, to: key === UNREAD ? "channel" : "late" }] });
  }
  await publish("destination/late", DOCUMENTS["destination/hook"]);
});
afterEach(endWorld);

async function send(project: string, title: string): Promise<void> {
  await deliver({
    ...issueOpen,
    project: { ...issueOpen.project, path_with_namespace: `acme/${project}` },
    object_attributes: { ...issueOpen.object_attributes, title },
  });
}

it("a mapping that can be read again while others are routed: what waited for it goes first", async () => {
  const { promise: opened, resolve: open } = Promise.withResolvers<void>();
  let readable = false;
  await runInDurableObject(relay(), () => {
    const read = bindings.MAPPINGS.getWithMetadata.bind(bindings.MAPPINGS) as (
      ...given: unknown[]
    ) => Promise<unknown>;
    const spoiled = async (...given: unknown[]): Promise<unknown> => {
      const [key] = given;
      if (key === UNREAD && !readable) throw new Error("KV is away");
      // The others come in while this one is read, and are routed together.
      if (key === "mapping/gitlab/acme/blocker") await opened;
      if (key === "destination/late") {
        // It answers so late that KV may be asked for the mapping again.
        vi.setSystemTime(Date.now() + 6_000);
        readable = true;
      }
      return await read(...given);
    };
    vi.spyOn(bindings.MAPPINGS, "getWithMetadata").mockImplementation(spoiled as never);
  });
  await send("unread", "first");
  await settled();
  await send("blocker", "nobody wants it");
  await send("read", "in between");
  await send("unread", "second");
  open();
  await settled();
  await step(31_000);
  const titles = world.slack.workspace.messages.map(({ text }) => text);
  expect(titles.filter((title) => /^(first|second)$/.test(title))).toEqual(["first", "second"]);
});
