import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readCounted } from "../../bench/costs/read-counted.ts";
import { lastReport } from "../../test/campaign/report/keep.ts";
import { reliabilityPage } from "../../test/campaign/report/reliability-page.ts";
import { SCENARIOS } from "../../test/campaign/scenarios/all.ts";
import { commandLinePage } from "./command-line-page.ts";
import { documentSchemas } from "./document-schemas.ts";
import { eventsPage } from "./events-page.ts";
import { fixtureEvents } from "./fixtures.ts";
import { writeMessagesPage } from "./messages-page.ts";
import { scalingPage } from "./scaling-page.ts";

const docs = join(import.meta.dirname, "..");
const events = fixtureEvents();
writeFileSync(join(docs, "events.md"), eventsPage(events));
writeFileSync(join(docs, "command-line.md"), commandLinePage());
writeFileSync(join(docs, "scaling.md"), scalingPage(readCounted()));
writeFileSync(join(docs, "reliability.md"), reliabilityPage(lastReport(), SCENARIOS));
const schemas = join(docs, "../schemas");
mkdirSync(schemas, { recursive: true });
for (const [file, schema] of Object.entries(documentSchemas())) {
  writeFileSync(join(schemas, file), JSON.stringify(schema));
}
execFileSync(join(docs, "../node_modules/.bin/oxfmt"), [schemas], { stdio: "inherit" });
await writeMessagesPage(events, docs);
