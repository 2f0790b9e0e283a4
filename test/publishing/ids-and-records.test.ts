import { describe, expect, it, test } from "vitest";
import { concerns } from "../../src/publishing/concerns.ts";
import { documentKind } from "../../src/publishing/document-kind.ts";
import { etagOf } from "../../src/publishing/etag.ts";
import {
  documentMetadata,
  historyMetadata,
  readDocumentMetadata,
  readHistoryRecord,
} from "../../src/publishing/history-record.ts";
import { lastPublished, outsideEdits } from "../../src/publishing/outside-edits.ts";
import { PUBLISH_ID, publishId } from "../../src/publishing/publish-id.ts";
import { retryWaitMs } from "../../src/publishing/retry-wait.ts";

const NOW = Date.parse("2026-11-23T06:55:10.042Z");

const record = (
  id: string,
  changes: { key: string; before: string | null; after: string | null }[],
) => ({
  id,
  at: "2026-11-23T06:55:10.042Z",
  by: "amina",
  why: "because",
  via: "api" as const,
  restores: null,
  changes,
});

describe("an id of a publish", () => {
  it("says when it was, and sorts by it to the millisecond", () => {
    expect(publishId(NOW, 0)).toBe("20261123T065510Z-160000");
    expect(publishId(NOW, 0.999_999_9)).toMatch(/^20261123T065510Z-16zzzz$/);
    const ids = [0, 1, 41, 957, 958, 60_000].map((more) => publishId(NOW + more, Math.random()));
    expect(ids.toSorted()).toEqual(ids);
    expect(ids.every((id) => PUBLISH_ID.test(id))).toBe(true);
  });
});

describe("an etag", () => {
  it("is the first half of the text's SHA-256, in quotes", () => {
    expect(etagOf("abc")).toBe('"ba7816bf8f01cfea414140de5dae2223"');
    expect(etagOf("{}")).not.toBe(etagOf("{ }"));
  });
});

describe("a key", () => {
  test.for([
    ["mapping/gitlab/acme", "gitlab mapping"],
    ["mapping/gitlab/*", "gitlab mapping"],
    ["mapping/slack/C0123456789", "slack mapping"],
    ["destination/support", "destination"],
    ["person/amina", "person"],
    ["person/", null],
    ["mapping/schedule/weekly", null],
    ["history/20261123T065510Z-160000", null],
    [`person/${"x".repeat(506)}`, null],
    [`person/${"ü".repeat(253)}`, null],
  ] as const)("%s: %s", ([key, kind]) => {
    expect(documentKind(key)).toBe(kind);
  });

  it("has no half of a character in it", () => {
    expect(documentKind("person/\ud83e")).toBeNull();
    expect(documentKind("person/\ud83e\udd8a")).toBe("person");
  });

  test.for([
    ["gitlab/acme", "mapping/gitlab/acme", true],
    ["gitlab/acme", "mapping/gitlab/acme/widgets", true],
    ["gitlab/acme", "mapping/gitlab/acme2", false],
    ["gitlab/acme", "mapping/gitlab/*", true],
    ["gitlab/-", "mapping/gitlab/*", true],
    ["gitlab/acme", "mapping/slack/*", false],
    ["slack/T0123456789", "mapping/slack/C0123456789", true],
    ["slack/T0123456789", "mapping/gitlab/*", false],
    ["slack/T0123456789", "person/amina", true],
    ["gitlab/acme", "destination/support", true],
    ["gitlab/acme", "history/x", false],
  ] as const)("concerns %s: %s is %s", ([relay, key, expected]) => {
    expect(concerns(relay, key)).toBe(expected);
  });
});

describe("a record of a publish", () => {
  it("is read back as it was written, and nothing else is read as one", () => {
    const written = record("20261123T065510Z-160000", [
      { key: "person/a", before: null, after: "{}" },
    ]);
    expect(readHistoryRecord(JSON.stringify(written))).toEqual(written);
    for (const other of ["", "{", "null", "{}", JSON.stringify({ ...written, id: "x" })]) {
      expect(readHistoryRecord(other)).toBeNull();
    }
  });

  test.for(["x", "\u0001", "引", "🦊", '"'])("has metadata that KV takes, of %j too", (unit) => {
    const long = {
      ...record("20261123T065510Z-160000", []),
      by: unit.repeat(500),
      why: unit.repeat(500),
    };
    const documents = documentMetadata(long.by, long.id);
    for (const metadata of [historyMetadata(long), documents]) {
      expect(Buffer.byteLength(JSON.stringify(metadata))).toBeLessThanOrEqual(1_024);
      expect(metadata.by).toMatch(new RegExp(`^(?:${unit})+$`, "u"));
    }
  });

  test.for([
    [{ by: "amina", publish: "20261123T065510Z-160000" }, "amina", "20261123T065510Z-160000"],
    [{ by: "", publish: "../x" }, null, null],
    [{ by: 7 }, null, null],
    ["amina", null, null],
    [null, null, null],
  ] as const)("metadata of anybody's: %j", ([metadata, by, publish]) => {
    expect(readDocumentMetadata(metadata)).toEqual({ by, publish });
  });
});

describe("edits from outside", () => {
  it("are the differences to what was last published", () => {
    const published = lastPublished([
      record("20261123T065511Z-160000", [
        { key: "a", before: "1", after: "2" },
        { key: "gone", before: "1", after: null },
      ]),
      record("20261123T065510Z-160000", [
        { key: "a", before: null, after: "1" },
        { key: "b", before: null, after: "1" },
        { key: "gone", before: null, after: "1" },
      ]),
    ]);
    expect(
      outsideEdits(
        new Map([
          ["a", "2"],
          ["b", "1"],
        ]),
        published,
      ),
    ).toEqual([]);
    expect(
      outsideEdits(
        new Map([
          ["a", "3"],
          ["gone", "2"],
          ["new", "1"],
        ]),
        published,
      ),
    ).toEqual([
      { key: "a", before: "2", after: "3" },
      { key: "b", before: "1", after: null },
      { key: "gone", before: null, after: "2" },
      { key: "new", before: null, after: "1" },
    ]);
  });
});

describe("the wait after a failure", () => {
  it("doubles from a second to five minutes, less up to half", () => {
    expect([1, 2, 3, 8, 9, 10, 1_000].map((failures) => retryWaitMs(failures, 0))).toEqual([
      1_000, 2_000, 4_000, 128_000, 256_000, 300_000, 300_000,
    ]);
    expect(retryWaitMs(3, 0.999)).toBeGreaterThanOrEqual(2_000);
  });
});
