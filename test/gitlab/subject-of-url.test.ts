import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { subjectOfUrl, urlsIn } from "../../src/gitlab/subject-of-url.ts";
import { eventOf, FIXTURES } from "./fixtures.ts";

describe("the subject of an address", () => {
  test.for<[url: string, path: string, subject: string]>([
    ["https://gitlab.com/acme/widgets/-/issues/12", "acme/widgets", "acme/widgets issue 12"],
    ["https://gitlab.com/a/b/c/d/-/issues/12", "a/b/c/d", "a/b/c/d issue 12"],
    ["https://gitlab.com/acme/widgets/-/work_items/12", "acme/widgets", "acme/widgets issue 12"],
    ["https://gitlab.com/acme/widgets/-/incidents/12", "acme/widgets", "acme/widgets issue 12"],
    [
      "https://gitlab.com/acme/widgets/-/issues/incident/12",
      "acme/widgets",
      "acme/widgets issue 12",
    ],
    ["https://gitlab.com/groups/acme/-/epics/7", "acme", "acme issue 7"],
    ["https://gitlab.com/groups/acme/platform/-/epics/7", "acme/platform", "acme/platform issue 7"],
    ["https://gitlab.com/groups/acme/-/work_items/7", "acme", "acme issue 7"],
    [
      "https://gitlab.com/acme/widgets/-/merge_requests/3",
      "acme/widgets",
      "acme/widgets merge_request 3",
    ],
    [
      "https://gitlab.com/acme/widgets/-/merge_requests/3/diffs?diff_id=7#x_1",
      "acme/widgets",
      "acme/widgets merge_request 3",
    ],
    [
      "https://gitlab.com/acme/widgets/-/issues/12?work_item_iid=7&x=/-/issues/8#note_1",
      "acme/widgets",
      "acme/widgets issue 12",
    ],
    ["https://gitlab.com/acme/widgets/-/issues/12/", "acme/widgets", "acme/widgets issue 12"],
    [
      "https://gitlab.com/acme/widgets/-/issues/12/designs/a.png",
      "acme/widgets",
      "acme/widgets issue 12",
    ],
    ["https://gitlab.com/ACME/Widgets/-/issues/12", "ACME/Widgets", "acme/widgets issue 12"],
    ["http://gitlab.test:8080/acme/widgets/-/issues/1", "acme/widgets", "acme/widgets issue 1"],
    ["https://gitlab.com/%61cme%2Fwidgets/-/issues/1", "acme/widgets", "acme/widgets issue 1"],
    ["https://gitlab.com/gr%C3%B6%C3%9Fe/x/-/issues/1", "größe/x", "größe/x issue 1"],
    ["https://gitlab.com/größe/x/-/issues/1", "größe/x", "größe/x issue 1"],
    ["https://gitlab.com/a.b/c-d_e/-/issues/1", "a.b/c-d_e", "a.b/c-d_e issue 1"],
    ["https://gitlab.com/x/../acme/widgets/-/issues/1", "acme/widgets", "acme/widgets issue 1"],
    [
      "https://gitlab.com/groups-of/groups/-/issues/1",
      "groups-of/groups",
      "groups-of/groups issue 1",
    ],
  ])("%s is %s: %s", ([url, path, subject]) => {
    expect(subjectOfUrl(url)).toEqual({ path, subject });
  });

  test.for([
    "https://gitlab.com/acme/widgets",
    "https://gitlab.com/acme/widgets/-/issues",
    "https://gitlab.com/acme/widgets/-/issues/",
    "https://gitlab.com/acme/widgets/-/issues/new",
    "https://gitlab.com/acme/widgets/-/issues/12abc",
    "https://gitlab.com/acme/widgets/-/issues/-1",
    "https://gitlab.com/acme/widgets/-/issues/1234567890123",
    "https://gitlab.com/acme/widgets/issues/12",
    "https://gitlab.com/acme/widgets/-/pipelines/12",
    "https://gitlab.com/acme/widgets/-/snippets/12",
    "https://gitlab.com/acme/widgets/-/constructor/12",
    "https://gitlab.com/acme/widgets/-/__proto__/12",
    "https://gitlab.com/acme/widgets/-/Issues/12",
    "https://gitlab.com/-/issues/12",
    "https://gitlab.com/%zz/widgets/-/issues/12",
    "https://gitlab.com/?x=/acme/widgets/-/issues/12",
    "https://gitlab.com/#/acme/widgets/-/issues/12",
    "/acme/widgets/-/issues/12",
    "//gitlab.com/acme/widgets/-/issues/12",
    "gitlab.com/acme/widgets/-/issues/12",
    "acme/widgets#12",
    "https://",
    "not an address",
    "\0",
    "",
  ])("%j is none", (url) => {
    expect(subjectOfUrl(url)).toBeNull();
  });

  const abouts = FIXTURES.filter((name) =>
    /^(issue|incident|work_item|epic|merge_request)\./.test(name),
  );

  it("is the one that its own events have", () => {
    expect(abouts.length).toBeGreaterThan(30);
    const told = abouts.flatMap((name) => {
      const { url, subject } = eventOf(name);
      // Before GitLab 12 no `/-/` stood in an address; old samples of the documentation have none.
      return url?.includes("/-/") === true ? [[name, subjectOfUrl(url)?.subject, subject]] : [];
    });
    expect(told.length).toBeGreaterThan(30);
    for (const [name, found, subject] of told) expect([name, found]).toEqual([name, subject]);
  });

  it("is found in anything without an exception", () => {
    const segment = fc.constantFrom(
      "a",
      "groups",
      "-",
      "issues",
      "epics",
      "12",
      "%2F",
      "%",
      "..",
      "",
      "é",
    );
    const path = fc
      .array(segment, { maxLength: 8 })
      .map((parts) => `https://x.test/${parts.join("/")}`);
    fc.assert(
      fc.property(fc.oneof(path, fc.webUrl(), fc.string({ unit: "binary" })), (url) => {
        const found = subjectOfUrl(url);
        expect(found?.subject ?? "x issue 1").toMatch(/^.+ (issue|merge_request) \d{1,12}$/s);
      }),
      { numRuns: 1_000 },
    );
  });

  it("is found in a time that grows with the address", () => {
    expect(subjectOfUrl(`https://x.test/${"/-/a".repeat(50_000)}`)).toBeNull();
    expect(subjectOfUrl(`https://x.test/${"groups/".repeat(50_000)}-/issues/1`)).not.toBeNull();
  });
});

describe("the addresses in a text", () => {
  test.for<[text: string, urls: string[]]>([
    ["See https://x.test/a.", ["https://x.test/a"]],
    [
      "(https://x.test/a), https://x.test/b; https://x.test/a!",
      ["https://x.test/a", "https://x.test/b"],
    ],
    ["<https://x.test/a|label>", ["https://x.test/a"]],
    ["[label](https://x.test/a)", ["https://x.test/a"]],
    ['"https://x.test/a?b=1&c=2#d"', ["https://x.test/a?b=1&c=2#d"]],
    ["https://x.test/a\nhttp://x.test/b", ["https://x.test/a", "http://x.test/b"]],
    ["ftp://x.test/ www.x.test mailto:a@b.test", []],
    ["", []],
  ])("%j are %j", ([text, urls]) => {
    expect(urlsIn(text)).toEqual(urls);
  });

  it("are ten at most", () => {
    const urls = Array.from({ length: 20 }, (_, n) => `https://x.test/${n}`);
    expect(urlsIn(urls.join(" "))).toEqual(urls.slice(0, 10));
  });
});
