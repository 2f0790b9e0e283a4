import type { PerEvent } from "../../bench/measure/counts.ts";
import type { Costs } from "../../bench/costs/costs.ts";
import {
  ASSUMED,
  billOf,
  CHECKS_A_DAY,
  exceeded,
  items,
  mostOnFree,
  SUPPORT_TEAM,
  usageOf,
  type Load,
} from "../../bench/costs/bill.ts";
import { looksWithoutNews, STOPS_AFTER_MS } from "../../src/console/browser/page/pace.ts";
import { LOOKS } from "../../src/console/look-again.ts";
import { PAGES, PLAN_DOLLARS, PRICES, type Item } from "../../bench/costs/prices.ts";

const MONTH_DAYS = 30;
const MEMORY_FOR_LANES = 64e6;

/** docs/scaling.md, of what the benchmark counted and what Cloudflare asks for it. */
export function scalingPage(costs: Costs): string {
  return `${[
    introduction(costs),
    eventTable(costs),
    paidTable(costs),
    freeTable(costs),
    supportTeam(costs),
    others(costs),
    openTab(),
    PUBLISHING,
    relayTable(costs),
    FIRST_LIMITS,
    assumptions(),
  ].join("\n\n")}\n`;
}

function introduction({ date, machine, together }: Costs): string {
  const rows = (each: PerEvent) => rowsOf(each).toFixed(2);
  return `# Scaling and cost

<!-- Made by \`npm run docs\` from bench/costs/counted.json, which \`npm run bench -- --costs\` writes. -->

What Causeway costs, what it takes, and which limit comes first. Three kinds of figures, and each says which it is:
**counted** on the running Worker (${date}, ${machine.workerd}, ${machine.cores} cores of ${machine.cpu}); **Cloudflare's** word, from [its pages](#sources);
**assumed**, from [the list of assumptions](#assumed). Nothing here was measured on Cloudflare's machines.

- A delivered event writes ${rows(together.delivered)} rows, a filtered one ${rows(together.filtered)} (aim: at most 4 and 2), when events come together.
  One that comes alone costs more, because its Relay has been put to sleep meanwhile.
- In money: [a month on the paid plan](#paid), [the limits of the free plan](#free), and whether that is enough for [a support team](#team).
- Nothing is lost when a pace or a queue is the limit. Events are lost when a limit of Cloudflare's keeps one from being stored: GitLab does not send it again.`;
}

const COUNTED: Partial<Record<keyof PerEvent, string>> = {
  requests: "Worker requests",
  accepts: "calls of the Relay: accept",
  resumes: "calls of the Relay: go on with a long queue",
  otherCalls: "other calls",
  alarms: "alarms",
  starts: "starts of a Relay (not billed)",
  activeMs: "ms active, Slack's time not included",
  rowsWritten: "rows written",
  alarmsSet: "alarms set (a row each)",
  rowsRead: "rows read",
  mappingReads: "KV reads: mappings",
  destinationReads: "KV reads: destinations",
  personReads: "KV reads: people",
  kvLists: "KV lists",
  outgoing: "requests to Slack",
  logLines: "log lines",
  logBytes: "log bytes",
};

function eventTable({ together, alone, restMinute, retention, cpuMs, storedBytes }: Costs): string {
  return `## What one event costs (counted)

**Together**: for one event, of many that come together.

${countTable({
  delivered: together.delivered,
  filtered: together.filtered,
  "burst of 1,000": together.burst,
  duplicate: together.duplicate,
  "reaction, answered": together.reaction,
})}

**Alone, and upkeep**: for one event that comes alone, one event that retention deletes, one question of a monitor, one minute.

${countTable({
  delivered: alone.delivered,
  filtered: alone.filtered,
  reaction: alone.reaction,
  deleted: retention,
  "monitor asks": alone.check,
  "a minute's rest": restMinute,
})}

Together is 50 a second, a burst as fast as it is taken, reactions one after the other. Alone means that
nothing happened for half a minute before: the Relay starts anew and reads its recent events, its copies of the documents are old, and its alarm goes off
behind the event. "Deleted" is what retention costs when an event's time is over. "Monitor asks" is \`GET /health/delivery\`, which asks every Relay; here there
are two and the directory. "A minute's rest" is what the two cost while nothing happens.

Rows read when a Relay starts grow with its recent events, those that are not in the ledger's sums yet: here ${number(together.burst.events)} and more had just come, and a quiet namespace has fewer.

A page of the console that is open costs [what its looks cost](#tab). Figures by rule are read only where rules are listed ([storage.md](storage.md#the-figures-of-the-console)).

An absent mapping is a KV read too: for a project \`a/b/c\` the mappings of \`a/b/c\`, \`a/b\`, \`a\` and \`*\` are looked for, at most every 30 s. Events never write KV; [publishing](#publishing) does.
An event with a body of 7 KB takes ${number(storedBytes)} bytes of the database. Processor time of the whole process is ${cpuMs.at50.toFixed(1)} ms an event at 50 a second and ${cpuMs.busy.toFixed(1)} ms
under full load; it includes workerd's HTTP and SQLite, which Cloudflare does not bill as the Worker's, so it is an upper bound.`;
}

const PARTS: Record<keyof typeof LOOKS, [page: string, asked: string]> = {
  overview: [
    "the overview",
    "every Relay: some 15 rows read for each recent event, two for each message that failed and one for each that waits at a paused destination; together no more than 1,000 of these a minute, for what many are counted from is kept for a while",
  ],
  "overview that is counted": [
    "the overview, while the last day is still being counted",
    "the same, and the next part of that",
  ],
  events: ["the list of events", "every Relay that the list is of: what came since"],
  "event that waits": ["an event that waits", "its Relay: the event with its body"],
  retry: ["failed messages that were sent again and wait", "every Relay: one row for each of them"],
  publish: ["a publish that KV does not have yet", "the publisher: a few rows"],
  editor: ["a document in the editor", "the publisher: a few rows"],
};

function openTab(): string {
  const rows = Object.entries(LOOKS).map(([part, seconds]) => {
    const [page, asked] = PARTS[part as keyof typeof LOOKS];
    const whole = (24 * 3_600) / seconds;
    return [page, String(seconds), number(looksWithoutNews(seconds * 1_000)), number(whole), asked];
  });
  return `<a id="tab"></a>

## What an open tab costs

A page of the console that looks by itself does so only while it is in front. After a minute without news it looks each 10 s at most, after ten minutes each 30 s, and after ${STOPS_AFTER_MS / 60_000} minutes not any more, until
somebody presses **Look again**. Each look is a request of the Worker (the free plan has 100,000 a day, for webhooks too); it writes next to nothing.

${table(["page", "seconds between looks, while there is news", "looks until it stops, if none comes", "looks a day, if news never ends", "a look asks"], rows)}`;
}

/** The rows are what test/publishing/rest.test.ts counts. */
const PUBLISHING = `<a id="publishing"></a>

## What publishing costs

| for | KV writes | rows written |
| --- | --- | --- |
| a publish | 1: its record | a few |
| each document of it, new | 1 | 10 in the publisher, 3 in each Relay that it concerns |
| a document that KV does not take, while it waits | a try every 5 minutes | a few for each try, whatever the number; in a Relay 1 for each every 20 hours |

Rows are counted, with those of indexes. Mappings of GitLab's concern the Relay of their namespace (\`*\`: all), destinations all Relays, people those that know them, and Slack's Relays. A KV write is as dear as a list: $5 a
million beyond the first million a month, and on the free plan **1,000 a day**. A publish of more than that is in use at once all the same; the free plan takes a day for each thousand documents until KV
has it all (and reads up to 40 of them before each try, lest somebody edited them meanwhile), and \`npx causeway doctor\` says so meanwhile.

Whoever lists documents or publishes (\`diff\`, \`push\`, \`history\`), and the console once in ten minutes, has the publisher look at KV: 4 lists for each thousand keys (destinations, mappings, people, records), and a read of each document that the list does not show to be as it was
published: all that were written by hand. So the free plan's 1,000 lists a day are 250 such looks. Pages of the console, previews and back-tests look at all of KV at most once in ten minutes: a day of work at it is some 50 looks. What is published is known at once, and a
document that is opened, published or asked for by its key is read by itself.`;

/** What Causeway did, one row each, for these kinds of events; rows without anything are left out. */
function countTable(columns: Record<string, PerEvent>): string {
  const rows = Object.entries(COUNTED)
    .map(([what, name]) => [
      name,
      ...Object.values(columns).map((each) => small(each[what as keyof PerEvent])),
    ])
    .filter((cells) => cells.slice(1).some((cell) => cell !== "–"));
  return table(["counted", ...Object.keys(columns)], rows);
}

function paidTable(costs: Costs): string {
  const volumes = [100_000, 1_000_000, 10_000_000];
  const loads = volumes.flatMap((events) => [
    month({ delivered: events, filtered: 0 }),
    month({ delivered: events / 2, filtered: events / 2 }),
  ]);
  const bills = loads.map((load) => billOf(usageOf(load, costs)));
  const rows = items().map((item, index) => [
    named(item),
    `${amount(item, PRICES[item].included)}, then ${price(item)}`,
    ...bills.map(({ lines }) => {
      const { used, dollars } = lines[index] ?? { used: 0, dollars: 0 };
      return `${amount(item, used)}${dollars >= 0.005 ? `: **${money(dollars)}**` : ""}`;
    }),
  ]);
  return `<a id="paid"></a>

## A month on the paid plan

${table(
  [
    "what is billed",
    "included, then",
    ...volumes.flatMap((events) => [
      `${short(events)} delivered`,
      `${short(events)}, half filtered`,
    ]),
  ],
  [
    ...rows,
    [
      "**in all, with the plan**",
      money(PLAN_DOLLARS),
      ...bills.map(({ total }) => `**${money(total)}**`),
    ],
  ],
)}

What is used (k: thousand, M: million), and what it costs where that is more than is included. One namespace, one destination for each event, a monitor that asks every five minutes, bodies of 7 KB, ${ASSUMED.retentionDays} days of
retention. Events come as evenly as they can, which is the dearest way: up to one in ${ASSUMED.aloneSeconds} s (${number((MONTH_DAYS * 86_400) / ASSUMED.aloneSeconds)} a month) counts as alone. A further
destination of an event costs 3 rows and a request to Slack more.`;
}

function freeTable(costs: Costs): string {
  const kinds = { "all delivered": day({ delivered: 1 }), "all filtered": day({ filtered: 1 }) };
  const limits = items()
    .filter((item) => PRICES[item].free !== null)
    .map((item) => ({
      item,
      most: Object.values(kinds).map((mix) => mostOnFree(item, mix, costs)),
    }))
    .toSorted((a, b) => (a.most[0] ?? 0) - (b.most[0] ?? 0));
  const [first] = limits;
  const rows = limits.map(({ item, most }) => {
    const { free } = PRICES[item];
    return [
      named(item),
      `${amount(item, free?.most ?? 0)} ${free?.per === "day" ? "a day" : "in all"}`,
      ...most.map(eventsADay),
    ];
  });
  return `<a id="free"></a>

## The free plan

How many events a day each of its limits allows, the first to be hit on top. Under the conditions of the table above.

${table(["limit", "Cloudflare allows", ...Object.keys(kinds).map((kind) => `events a day, ${kind}`)], rows)}

First: **${PRICES[first?.item ?? "rowsWritten"].name.toLowerCase()}**. When a limit is reached, Cloudflare fails what needs it until midnight UTC: GitLab is answered 503 or 429, loses those events and after four
failures in a row switches the hook off. So move to the paid plan (${money(PLAN_DOLLARS)} a month) before half of that is reached every day; nothing has to be changed or deployed again.

Limits of one invocation, on the free plan:

- **10 ms of CPU** for a request to the Worker, which only verifies and hands over. Routing and rendering happen in the Relay; Cloudflare's page gives a Durable Object 30 s and names no plan.
- **50 requests to elsewhere.** One invocation of a Relay starts at most 40 sends (12 in Slack's Relay) and leaves the rest to the next. Cloudflare's page has a limit of its own, 1,000, for KV and Durable
  Objects, but says in its text that all count together. Read so, one invocation that sends to more than about 20 destinations whose copies are old can exceed it; the sends that fail are tried again.
- **1,000 requests a minute** stood on older versions of the page. GitLab can send more than that when a group is busy.`;
}

function supportTeam(costs: Costs): string {
  const used = usageOf(SUPPORT_TEAM, costs);
  const rows = items().flatMap((item) => {
    const { free } = PRICES[item];
    return free === null
      ? []
      : [[named(item), amount(item, used[item]), percent(used[item] / free.most)]];
  });
  const over = exceeded(used).map((item) => PRICES[item].name.toLowerCase());
  const verdict =
    over.length === 0
      ? "That is **$0**. Of the free plan's limits it uses"
      : `That is **more than the free plan takes** (${over.join(", ")}) and ${money(PLAN_DOLLARS)} a month on the paid one. Of the free plan's limits it uses`;
  return `<a id="team"></a>

## A support team

Two flows, 3,000 events of issues a month of which half are wanted, 300 reactions that are answered, all of them alone, and a monitor that asks every five
minutes. ${verdict}

${table(["what is limited", "a day", "of the free plan"], rows)}`;
}

/** Numbers that others publish; the task of comparing them fairly is the reader's. */
function others(costs: Costs): string {
  const ours = [100_000, 1_000_000, 10_000_000].map((delivered) =>
    money(billOf(usageOf(month({ delivered, filtered: 0 }), costs)).total),
  );
  return `## Beside others

What others publish (November 2026; price pages change), for a month. They count other things: look at what one unit is.

${table(
  ["who", "100 k", "1 M", "10 M", "what is counted"],
  [
    [
      "Causeway, Cloudflare's paid plan",
      ...ours,
      "an event that becomes a message; who runs it is not in the price",
    ],
    [
      "Zapier, one action",
      "–",
      "about $2,200",
      "Enterprise",
      "an action that succeeded; filters are free",
    ],
    [
      "n8n Cloud",
      "over the plan (€50 = 10k)",
      "Enterprise",
      "–",
      "an execution, also of an event that is filtered",
    ],
    [
      "Hookdeck Event Gateway",
      "$39.90",
      "$48.90",
      "$72 to $139",
      "an event; renders no message for Slack",
    ],
    ["Svix", "$495", "$585", "about $1,485", "a message; renders no message for Slack"],
  ],
)}

Zapier's at 1M is an estimate from its task price. Throughput: Zapier takes 20,000 webhooks in 5 minutes for a user and may then delay them by minutes; n8n claims up to 220 executions a second on one
instance; Hookdeck includes 5 events a second for each destination.`;
}

function relayTable({ destinations, backlog, storedBytes }: Costs): string {
  const perSecond = Math.floor(5_000 / ASSUMED.slackAnswerMs);
  return `## How far it goes

One Relay is one top-level GitLab namespace, or one Slack workspace.

${table(
  ["what", "figure", "whose"],
  [
    [
      "events accepted by one Relay",
      '[the benchmark\'s results](../bench/README.md#results), row "accepted"',
      "counted",
    ],
    ["requests to one Relay", "1,000 a second, a soft limit", "Cloudflare's"],
    [
      "events GitLab.com sends for a namespace",
      "13,000 a minute (217 a second); the rest it drops",
      "GitLab's",
    ],
    [
      "sends of one Relay",
      `${perSecond} a second: five at a time, ${ASSUMED.slackAnswerMs} ms each`,
      "assumed",
    ],
    [
      "sends to one destination",
      "1 a second (channel, incoming webhook), 10 a minute (workflow): 86,400 and 14,400 a day",
      "Slack's",
    ],
    ["Relays, and so namespaces", "no limit", "Cloudflare's"],
    [
      "a further destination of a Relay",
      `${number(destinations.bytesEach)} bytes of memory, one row in \`lanes\`; ${destinations.rowsEach.toFixed(2)} rows for each message`,
      "counted",
    ],
    [
      "destinations of a Relay",
      `${short(MEMORY_FOR_LANES / destinations.bytesEach)}, when half the memory is theirs`,
      "by what was counted",
    ],
    [
      "one event to 1,000 destinations",
      `sent in ${destinations.seconds.toFixed(1)} s to a Slack that answers at once, over ${number(destinations.resumes)} further invocations`,
      "counted",
    ],
    [
      "a pending delivery",
      `${number(backlog.storedBytesEach)} bytes of the database with its event, ${number(backlog.heapBytesEach)} of memory; ${backlog.rowsEach.toFixed(2)} rows`,
      "counted",
    ],
    [
      "pending deliveries of a Relay",
      `${short(10e9 / backlog.storedBytesEach)} until its storage is full`,
      "Cloudflare's, by what was counted",
    ],
    [
      "start with many pending",
      `${number(backlog.restartMs)} ms and ${number(backlog.restartRowsRead)} rows read, with ${number(backlog.pending)} pending`,
      "counted",
    ],
    [
      "storage of one Relay",
      `10 GB: ${short(10e9 / storedBytes)} events of 7 KB (${short(10e9 / storedBytes / ASSUMED.retentionDays)} a day with ${ASSUMED.retentionDays} days of retention)`,
      "Cloudflare's, by what was counted",
    ],
    ["memory", "128 MB for all Relays that share an isolate", "Cloudflare's"],
    [
      "rules",
      "1,000 rules are matched in 0.2 ms and compiled in 23 to 100 ms ([the benchmark's results](../bench/README.md#results))",
      "counted",
    ],
    [
      "documents kept in memory",
      "5,000 of each kind and Relay; others are read again when they are needed",
      "the code's",
    ],
    [
      "a document",
      "25 MiB in KV; one above 2 MB cannot be used, because SQLite keeps no larger value",
      "Cloudflare's",
    ],
    [
      "a body",
      "25 MiB; above 4 MiB only its identifying fields are looked at",
      "GitLab's, the code's",
    ],
  ],
)}`;
}

const FIRST_LIMITS = `## What comes first, and what to do

| when | the first limit | what happens | what to do |
| --- | --- | --- | --- |
| one busy namespace | Slack's pace for a destination: 1 a second, 10 a minute for a workflow | the queue grows and nothing is lost; \`/health/delivery\` stays 200, because the pace explains the wait | filter more; a channel instead of a workflow; several channels |
| many destinations in it | five sends at a time: about 33 a second | a message that goes to all of them arrives over seconds | nothing, or split by namespace: Relays send beside each other |
| many namespaces | \`/health\`, the ledger and lists ask every Relay, a call each: 50 on the free plan in the strict reading, 10,000 on the paid one | the question fails; events go on | the paid plan; a monitor that asks less often |
| many mappings above a project | KV reads: one for each level of the path every 30 s | the free plan's 100,000 a day | put rules higher up, or the paid plan |
| large bodies | storage: they are compressed above 64 KB and kept for \`RETENTION_DAYS\` | 10 GB in a Relay (5 GB in all on the free plan); then nothing can be committed and GitLab is answered 503 | fewer days of retention; no job and pipeline events where nobody wants them |
| Slack is down for long | the retry budget of one day, which does not run while a destination is paused | a delivery fails with its cause, and can be retried | \`POST /admin/api/deliveries/<id>/retry\` when Slack is back; the queue drains at the pace above |`;

function assumptions(): string {
  const pages = Object.values(PAGES);
  const read = [...new Set(pages.map((page) => page.read))].join(", ");
  return `<a id="assumed"></a>

## Assumed

- Slack answers in ${ASSUMED.slackAnswerMs} ms. A Durable Object is billed for wall-clock time while a call, an alarm or what it gave to \`waitUntil\` is under way, at ${ASSUMED.objectGb * 1_000} MB whatever it uses; while it is
  idle and could hibernate it is not, and Causeway has nothing that keeps it from it (no sockets, no timers at rest). So the object pays for waiting for Slack. Sends that overlap are billed once; here each is counted in full.
- Around each log line, and for each invocation, Cloudflare writes ${number(ASSUMED.bytesAroundLine)} bytes of its own. The prices of logs are those from 1 December 2026; until then 200,000 lines a day are free, 20 million a month
  are in the plan, and a million more cost $0.60.
- Everything that the benchmark could count on a local workerd is what Cloudflare counts. Its pages describe the same counters.
- An object is evicted 10 s after its last work.

<a id="sources"></a>

## Cloudflare's pages

As they were in ${read}:

${pages.map(({ path }) => `- <https://developers.cloudflare.com${path}>`).join("\n")}`;
}

function month(part: Pick<Load, "delivered" | "filtered">): Load {
  return {
    ...part,
    reactions: 0,
    checks: CHECKS_A_DAY * MONTH_DAYS,
    namespaces: 1,
    days: MONTH_DAYS,
  };
}

function day(part: Partial<Load>): Load {
  return {
    delivered: 0,
    filtered: 0,
    reactions: 0,
    checks: CHECKS_A_DAY,
    namespaces: 1,
    days: 1,
    ...part,
  };
}

function rowsOf({ rowsWritten, alarmsSet, otherWrites }: PerEvent): number {
  return rowsWritten + alarmsSet + otherWrites;
}

/** An item and the unit of its amounts, where that is no plain number of them. */
function named(item: Item): string {
  const { name, unit } = PRICES[item];
  switch (unit) {
    case "bytes":
      return `${name} (GB)`;
    case "ms":
    case "GB-s":
      return `${name} (${unit})`;
    default:
      return name;
  }
}

/** So much of an item, in the unit that {@link named} says. */
function amount(item: Item, value: number): string {
  return PRICES[item].unit === "bytes" ? (value / 1e9).toPrecision(2) : short(value);
}

function price(item: Item): string {
  const { dollars, perUnits } = PRICES[item];
  return `$${dollars} a ${perUnits === 1e6 ? "million" : "GB"}`;
}

/** How many events a day a limit of the free plan allows. */
function eventsADay(most: number): string {
  if (most === 0) return "none: at rest it already takes more";
  return Number.isFinite(most) ? number(most) : "no limit";
}

function money(dollars: number): string {
  return `$${dollars.toFixed(2).replace(/\.00$/, "")}`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

/** A count in full. */
function number(value: number): string {
  return Math.round(value).toLocaleString("en-GB");
}

/** A count in two or three digits. */
function short(value: number): string {
  if (value >= 1e9) return `${digits(value / 1e9)} billion`;
  if (value >= 1e6) return `${digits(value / 1e6)} M`;
  if (value >= 10_000) return `${digits(value / 1e3)} k`;
  return number(value);
}

function digits(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(1).replace(/\.0$/, "");
}

/** One event's count: zero is shown as a dash, so that what costs something stands out. */
function small(value: number): string {
  if (value < 0.005) return "–";
  return value >= 100 ? number(value) : value.toFixed(2).replace(/\.?0+$/, "");
}

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
