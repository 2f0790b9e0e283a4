import { strict as assert } from "node:assert";
import * as fc from "fast-check";
import { describe } from "vitest";
import { backTo } from "../../../src/console/back-to.ts";
import { allowedAt } from "../../../src/console/browser/editor/schema-at.ts";
import { placeInYaml } from "../../../src/console/browser/editor/place-in-yaml.ts";
import { readDocument } from "../../../src/console/browser/editor/read-document.ts";
import { eventsAt, EventsAsked } from "../../../src/console/events/events-asked.ts";
import { readSession, startSession, writeSession } from "../../../src/console/session.ts";
import type { Json } from "../../../src/json.ts";
import { readRetryCursor } from "../../../src/operations/failures/retry-cursor.ts";
import { readReport } from "../../../src/operations/backtest/backtest-report.ts";
import { readSearch } from "../../../src/operations/events/read-search.ts";
import { setInJson } from "../../../src/publishing/edit-json.ts";
import {
  hideAddresses,
  hidesAddress,
  withAddresses,
} from "../../../src/publishing/hidden-address.ts";
import { mergeTexts } from "../../../src/publishing/merge-texts.ts";
import { shownText } from "../../../src/publishing/shown-text.ts";
import { unifiedDiff } from "../../../src/publishing/unified-diff.ts";
import { yamlText } from "../../../src/publishing/yaml-text.ts";
import { renderMrkdwn, renderTemplate } from "../../../src/slack-look/render-mrkdwn.ts";
import { ADDRESSES, ATTACKS, MARK } from "../../security/console-attacks.ts";
import { fuzz } from "../fuzz.ts";
import { hostileJson, hostileText } from "../hostile.ts";

const TOKENS = [{ role: "edit" as const, token: "a-token" }];
const NOW = Date.parse("2031-03-04T10:00:00Z");

const text = fc.oneof(hostileText, fc.constantFrom(...ATTACKS, ...ADDRESSES));

describe("an address to go back to", () => {
  const parts = fc.constantFrom(
    ..."/admin / // \\ .. %2e%2e %2f @ : ? # ; javascript: https: evil.invalid sign-out api events \t \n".split(
      " ",
    ),
  );
  const address = fc.oneof(
    text,
    fc.array(parts, { maxLength: 8 }).map((all) => all.join("")),
    fc.array(parts, { maxLength: 8 }).map((all) => `/admin${all.join("")}`),
  );
  fuzz("is one of the console's, for a browser too", address, (given) => {
    const to = backTo(given);
    const url = new URL(to, "https://causeway.test/admin/sign-in");
    assert.equal(url.origin, "https://causeway.test");
    assert.match(url.pathname, /^\/admin(\/|$)/);
    assert.doesNotMatch(url.pathname, /^\/admin\/(sign-(in|out)|api)(\/|$)/);
    assert.match(to, /^[\x21-\x7e]*$/);
    assert.equal(backTo(to), to);
  });
});

describe("what somebody looks for", () => {
  const given = fc.oneof(
    text,
    text.map((each) => `https://gitlab.example.com/${each}`),
    text.map((each) => `https://causeway.test/admin/events/${each}`),
    text.map((each) => `https://team.slack.com/archives/${each}`),
  );
  fuzz("is understood, or is words", given, (words) => {
    const search = readSearch(words);
    if (search.kind === "text") assert.equal(search.text, words.trim());
    if (search.kind === "event") assert.match(search.id, /^[\w-]+\.[\w-]{22}$/);
    if (search.kind === "place") assert.match(search.path, /^[\w./-]+$/);
  });

  fuzz(
    "is an address that asks the same again",
    fc.record({ q: text, to: text, before: text }),
    (asked) => {
      const read = EventsAsked.parse(asked);
      const again = new URL(eventsAt(read), "https://causeway.test").searchParams;
      assert.deepEqual(
        EventsAsked.parse(Object.fromEntries(again)),
        JSON.parse(JSON.stringify(read), (_key, value: Json) =>
          typeof value === "string" ? value.toWellFormed() : value,
        ),
      );
    },
  );
});

describe("what a browser brings back", () => {
  fuzz(
    "is no session unless it is signed",
    fc.oneof(
      text,
      text.map((each) => `${each}.${"0".repeat(64)}`),
    ),
    async (cookie) => {
      assert.equal((await readSession(cookie, TOKENS, NOW)).state, "ended");
    },
  );

  fuzz("is the session that was signed, whatever the name", text, async (name) => {
    const session = startSession(name.slice(0, 80).toWellFormed(), "edit", NOW);
    const cookie = await writeSession(session, "a-token");
    const read = await readSession(cookie, TOKENS, NOW);
    if (cookie.length < 1_000) assert.deepEqual(read, { state: "open", session });
  });

  const json = hostileJson.map((each) => JSON.stringify(each));
  const encoded = fc.oneof(json, text).map((each) => Buffer.from(each).toString("base64url"));
  fuzz("is a place of a retry, or none", fc.oneof(text, encoded), (cursor) => {
    const place = readRetryCursor(cursor);
    if (place !== null) assert.equal(typeof place.relay, "string");
  });

  fuzz("is a report, or none", fc.oneof(text, json), (report) => {
    assert.equal(readReport(report), null);
  });
});

describe("a document", () => {
  fuzz("as YAML says what its JSON says", hostileJson, (json) => {
    const given = JSON.parse(JSON.stringify(json)) as Json;
    const read = readDocument(yamlText(given));
    // YAML has no half characters, and no keys that are longer than a page.
    if (/\\ud|"[^"]{1000,}":/.test(JSON.stringify(given))) return;
    // What says nothing is no document.
    if (given === null) return assert.match(read.problems[0]?.message ?? "", /is empty/);
    assert.deepEqual(read.problems, []);
    assert.deepEqual(JSON.parse(read.json ?? ""), given);
  });

  fuzz("is read from any text, or it is said where it is wrong", text, (yaml) => {
    const read = readDocument(yaml);
    if (read.json !== null) return void JSON.parse(read.json);
    assert.ok(read.problems.length > 0);
    for (const { line, column, message } of read.problems) {
      assert.ok(line >= 1 && column >= 1);
      assert.match(message, /\S/);
    }
  });

  const texts = fc.oneof(
    text,
    hostileJson.map((each) => JSON.stringify(each)),
  );
  fuzz(
    "of two people is merged, or it is said what both changed",
    fc.tuple(texts, texts, texts),
    ([base, mine, theirs]) => {
      const merged = mergeTexts(base, mine, theirs);
      if (merged.ok) JSON.parse(merged.text);
      else assert.ok(merged.both.length > 0);
    },
  );

  fuzz(
    "that one person changed is that person's",
    fc.tuple(hostileJson, hostileJson),
    ([was, is]) => {
      const [base, changed] = [JSON.stringify(was), JSON.stringify(is)];
      const merged = mergeTexts(base, changed, base);
      assert.deepEqual(merged.ok && JSON.parse(merged.text), JSON.parse(changed));
    },
  );

  fuzz("is shown whatever it is, and compared", fc.tuple(texts, texts), ([before, after]) => {
    const diff = unifiedDiff(shownText(before), shownText(after));
    assert.ok(diff.every((line) => /^[-+ @]/.test(line)));
    const back = withAddresses(hideAddresses(after), [after]);
    assert.ok(back !== null || hidesAddress(after));
  });

  fuzz(
    "has a value put into it, and nothing else changed",
    fc.tuple(hostileJson, hostileJson, text),
    ([json, value, key]) => {
      if (typeof json !== "object" || json === null || Array.isArray(json)) return;
      const changed = JSON.parse(setInJson(JSON.stringify(json, null, 1), [key], value)) as object;
      const expected = JSON.parse(JSON.stringify(json)) as Record<string, Json>;
      Object.defineProperty(expected, key, {
        value: JSON.parse(JSON.stringify(value)),
        enumerable: true,
        configurable: true,
        writable: true,
      });
      assert.deepEqual(changed, expected);
    },
  );
});

describe("a document of ten thousand lines", () => {
  const rules = (count: number, to: string): Json => ({
    rules: Array.from({ length: count }, (_, at) => ({ name: `Rule ${at}`, on: "*", to })),
  });
  const large = fc.constantFrom<[Json, Json]>(
    [rules(10_000, "a"), rules(10_000, "b")],
    [rules(10_000, "a"), { rules: [] }],
    [Array.from({ length: 30_000 }, (_, at) => at), Array.from({ length: 30_000 }, (_, at) => -at)],
    [{ a: "x\n".repeat(10_000) }, { a: "y\nx\n".repeat(5_000) }],
  );
  const once = { cases: 4, cpuMs: 4_000 };
  fuzz(
    "is merged in time",
    large,
    ([was, is]) => {
      const theirs = JSON.stringify({ ...(was as object), inherit: false });
      mergeTexts(JSON.stringify(was), JSON.stringify(is), theirs);
    },
    once,
  );
  fuzz(
    "is compared in time",
    large,
    ([was, is]) => {
      unifiedDiff(yamlText(was), yamlText(is));
    },
    once,
  );
  fuzz(
    "is read in time",
    large,
    ([was]) => {
      readDocument(yamlText(was));
    },
    once,
  );
  fuzz(
    "is changed in time",
    large,
    ([was]) => {
      setInJson(JSON.stringify(was, null, 2), [Array.isArray(was) ? 0 : "inherit"], true);
    },
    once,
  );
});

describe("a text with addresses that post", () => {
  const pieces = fc.constantFrom(
    ...'https:// http%3A%2F%2F hooks.slack hooks.slack.com / %2F triggers services T0CAUSEWAY a . - @ : … url: " \\/ \\u003a x'.split(
      " ",
    ),
    " ",
  );
  const pumped = fc
    .tuple(
      fc.array(pieces, { maxLength: 4 }),
      fc.array(pieces, { minLength: 1, maxLength: 3 }),
      pieces,
    )
    .map(([start, pump, end]) => start.join("") + pump.join("").repeat(4_000) + end);
  fuzz("has them hidden in time, however long it is", pumped, (given) => {
    hideAddresses(given);
    hideAddresses(JSON.stringify({ url: given }));
  });
});

describe("where somebody writes in the editor", () => {
  const lines = fc.array(
    fc.oneof(text, fc.constantFrom("- a:", "  b: {", "\t[x, {", "- - - ", "a: 'x")),
    { maxLength: 12 },
  );
  fuzz(
    "is a place, whatever was written",
    lines.map((all) => all.join("\n")),
    (before) => {
      const { path, is } = placeInYaml(before);
      assert.ok(["key", "value", "either"].includes(is));
      allowedAt(
        { properties: { a: { $ref: "#/definitions/b" } }, definitions: { b: { items: {} } } },
        path,
      );
    },
  );
});

describe("a message in Slack's look", () => {
  const options = { names: (id: string) => ATTACKS[id.length % ATTACKS.length] };
  const markup = new RegExp(
    `<(${MARK}|script|img|svg|iframe|style|base|meta|form)\\b|<[^>"]*("[^"<>]*"[^>"]*)*\\s(${MARK}|on\\w+)=?[^<]*>|href="(?!https?:|mailto:)`,
    "i",
  );
  const message = fc.oneof(
    text,
    fc
      .array(
        fc.oneof(
          text,
          fc.constantFrom(
            "<",
            ">",
            "|",
            "*",
            "_",
            "`",
            "```",
            "@U1",
            "#C1",
            "https://a/",
            ":x:",
            "\ue000",
            "\ue001",
          ),
        ),
        { maxLength: 8 },
      )
      .map((all) => all.join("")),
  );
  fuzz("has no markup but ours", message, async (given) => {
    assert.doesNotMatch((await renderMrkdwn(given, options)).toString(), markup);
  });
  fuzz(
    "has none in a workflow's variables either, wherever they stand",
    fc.tuple(message, message),
    async ([template, value]) => {
      const html = (
        await renderTemplate(`${template}<https://a/{{v}}|{{v}}>{{v}}`, { v: value }, options)
      ).toString();
      assert.doesNotMatch(html, markup);
      assert.doesNotMatch(html, /href="[^"]*</);
    },
  );
});
