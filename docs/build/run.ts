import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { eventsPage } from "./events-page.ts";
import { fixtureEvents } from "./fixtures.ts";
import { writeMessagesPage } from "./messages-page.ts";

const docs = join(import.meta.dirname, "..");
const events = fixtureEvents();
writeFileSync(join(docs, "events.md"), eventsPage(events));
await writeMessagesPage(events, docs);
