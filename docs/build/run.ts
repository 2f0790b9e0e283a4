import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { readCounted } from "../../bench/costs/read-counted.ts";
import { eventsPage } from "./events-page.ts";
import { fixtureEvents } from "./fixtures.ts";
import { writeMessagesPage } from "./messages-page.ts";
import { scalingPage } from "./scaling-page.ts";

const docs = join(import.meta.dirname, "..");
const events = fixtureEvents();
writeFileSync(join(docs, "events.md"), eventsPage(events));
writeFileSync(join(docs, "scaling.md"), scalingPage(readCounted()));
await writeMessagesPage(events, docs);
