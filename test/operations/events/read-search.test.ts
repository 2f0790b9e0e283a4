import { expect, test } from "vitest";
import { readSearch, type Search } from "../../../src/operations/events/read-search.ts";
import { eventId } from "../../../src/relay/ids.ts";

const id = eventId("gitlab/acme", "A".repeat(22));

test.for<[given: string, understood: Search]>([
  ["", { kind: "text", text: "" }],
  ["  renewal of  licence ", { kind: "text", text: "renewal of  licence" }],
  [id, { kind: "event", id, delivery: null }],
  [` ${id}.3 `, { kind: "event", id, delivery: `${id}.3` }],
  [`https://causeway.example.com/admin/events/${id}?test=x`, { kind: "event", id, delivery: null }],
  [
    "https://gitlab.com/groups/acme/-/epics/7",
    { kind: "about", about: { path: "acme", subject: "acme issue 7" } },
  ],
  [
    "https://gitlab.com/Acme/widgets/-/issues/12#note_1",
    { kind: "about", about: { path: "Acme/widgets", subject: "acme/widgets issue 12" } },
  ],
  [
    "https://acme.slack.com/archives/C0123456789/p1700000000123456?thread_ts=1.2",
    { kind: "posted", posted: { channel: "C0123456789", ts: "1700000000.123456" } },
  ],
  ["https://gitlab.com/acme/widgets/-/pipelines/9", { kind: "place", path: "acme/widgets" }],
  ["https://gitlab.com/groups/acme/tools", { kind: "place", path: "acme/tools" }],
  ["https://gitlab.com/acme/", { kind: "place", path: "acme" }],
  ["https://gitlab.com", { kind: "text", text: "https://gitlab.com" }],
  ["https://", { kind: "text", text: "https://" }],
  [
    "see https://gitlab.com/acme/widgets",
    { kind: "text", text: "see https://gitlab.com/acme/widgets" },
  ],
])("understands %s", ([given, understood]) => {
  expect(readSearch(given)).toEqual(understood);
});
