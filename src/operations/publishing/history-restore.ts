import type { Env } from "../../env.ts";
import { etagOf } from "../../publishing/etag.ts";
import type { Change, Publish } from "../../publishing/publish.ts";
import type { PresentDocument } from "../../publishing/publisher.ts";
import { changedSince, restoring, type ChangedAgain } from "../../publishing/restoring.ts";
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
/** How many documents without a signature are looked up in the history. */
const LOOKED_UP = 10;

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
    changedSince: await signed(env, changedSince({ changes }, present)),
    print: etagOf(JSON.stringify(etags)),
  };
}

/** Whose change it was, also where the document does not say, because it is gone. */
async function signed(env: Env, changed: ChangedAgain[]): Promise<ChangedAgain[]> {
  const publisher = env.RELAY.getByName(PUBLISHER);
  const unsigned = changed.filter(({ publish }) => publish === null).slice(0, LOOKED_UP);
  const latest = new Map<string, ChangedAgain>();
  for (const { key } of unsigned) {
    const [entry] = (await publisher.publishes(null, 1, key)).items;
    if (entry !== undefined)
      latest.set(key, { key, by: entry.by, at: entry.at, publish: entry.id });
  }
  return changed.map((each) => latest.get(each.key) ?? each);
}
