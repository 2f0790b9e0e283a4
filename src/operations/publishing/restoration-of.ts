import type { Env } from "../../env.ts";
import { etagOf } from "../../publishing/etag.ts";
import type { Change, Publish } from "../../publishing/publish.ts";
import type { PresentDocument } from "../../publishing/present-document.ts";
import { changedSince, restoring, signed, type ChangedAgain } from "../../publishing/restoring.ts";
import type { Step } from "../../publishing/step.ts";
import { PUBLISHER } from "../../relay/relay-name.ts";

/** What going back to before a publish would do. */
export type Restoration = {
  publish: Publish;
  /** What it would publish; nothing: everything is so already. */
  steps: Step[];
  /** Its documents that somebody changed again since. */
  changedSince: ChangedAgain[];
  /** What tells what is published now from what is published later: somebody may be faster. */
  print: string;
};

const PAGE = 200;

/** What puts back what was before a publish; null: there is no such publish, or why nobody can know. */
export async function restorationOf(
  env: Env,
  id: string,
): Promise<Restoration | null | { problem: string }> {
  const publisher = env.RELAY.getByName(PUBLISHER);
  const publish = await publisher.publishProgress(id);
  if (publish === null) return null;
  const changes: Change[] = [];
  const present = new Map<string, PresentDocument>();
  let after: string | null = null;
  do {
    const page: { items: Change[]; next: string | null } = await publisher.publishChanges(
      id,
      after,
      PAGE,
    );
    const now = await publisher.documentsNamed(page.items.map(({ key }) => key));
    if (!now.ok) return { problem: now.message };
    changes.push(...page.items);
    for (const document of now.items) present.set(document.key, document);
    after = page.next;
  } while (after !== null);
  const etags = changes.map(({ key }) => [key, present.get(key)?.etag ?? null]);
  return {
    publish,
    steps: restoring({ changes }, present),
    changedSince: await signed(
      changedSince({ changes }, present),
      async (key) => (await publisher.publishes(null, 1, key)).items[0],
    ),
    print: etagOf(JSON.stringify(etags)),
  };
}
