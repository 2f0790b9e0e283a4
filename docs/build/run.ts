import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { readCounted } from "../../bench/costs/read-counted.ts";
import { lastReport } from "../../test/campaign/report/keep.ts";
import { reliabilityPage } from "../../test/campaign/report/reliability-page.ts";
import { SCENARIOS } from "../../test/campaign/scenarios/all.ts";
import { eventsPage } from "./events-page.ts";
import { fixtureEvents } from "./fixtures.ts";
import { writeMessagesPage } from "./messages-page.ts";
import { scalingPage } from "./scaling-page.ts";

const docs = join(import.meta.dirname, "..");
const events = fixtureEvents();
writeFileSync(join(docs, "events.md"), eventsPage(events));
writeFileSync(join(docs, "scaling.md"), scalingPage(readCounted()));
writeFileSync(join(docs, "reliability.md"), reliabilityPage(lastReport(), SCENARIOS));
await writeMessagesPage(events, docs);
