import { describe, expect, it, test } from "vitest";
import type { JsonObject } from "../../../src/json.ts";
import { boundScope } from "../../../src/mappings/scope.ts";
import type { Flavour } from "../../../src/messages/templates/rendering.ts";
import { compileTemplate } from "../../../src/messages/templates/template.ts";

const URL = "https://gitlab.example.com/a?b=1&c=2";

function render(source: string, values: Record<string, unknown> = {}, flavour: Flavour = "mrkdwn") {
  const template = compileTemplate(source, flavour);
  if (typeof template !== "function") throw new Error(template.problem);
  const event = { url: URL, title: "A title", ...values };
  return template(boundScope({ event, payload: values as JsonObject }));
}

function problem(source: string): string | null {
  const template = compileTemplate(source, "mrkdwn");
  return typeof template === "function" ? null : template.problem;
}

describe("a value in a message", () => {
  test.for<[title: unknown, text: string]>([
    ["a < b && c > d", "a &lt; b &amp;&amp; c &gt; d"],
    [
      "<!channel> <@U0> <https://evil.test|bank>",
      "&lt;!channel&gt; &lt;@U0&gt; &lt;https://evil.test|bank&gt;",
    ],
    ["&lt;", "&amp;lt;"],
    ["*bold* `code`", "\u2217bold\u2217 \u02cbcode\u02cb"],
    ["my_branch", "my_branch"],
    ["{{ event.url }} {% raw %}", "{{ event.url }} {% raw %}"],
    ["a\u202eb\u0000c\r\nd", "abc\nd"],
    [null, ""],
    [undefined, ""],
    [0, "0"],
    [false, "false"],
    [["a", null, "<b>"], "a, &lt;b&gt;"],
    [[], ""],
    [{ username: "aiko", name: "Aiko" }, "Aiko"],
    [[{ name: "Aiko" }, { title: "T" }, {}], "Aiko, T"],
    [{ a: 1 }, ""],
  ])("%j comes out as %j", ([title, text]) => {
    expect(render("{{ event.title }}", { title })).toEqual({ text });
  });

  it("is as the template writes it where it is not foreign", () => {
    expect(render("*New* <!subteam^S0> & {{ event.title }}")).toEqual({
      text: "*New* <!subteam^S0> & A title",
    });
  });
});

describe("a value in a workflow's variable", () => {
  test.for<[title: string, text: string]>([
    ["a < b && c > d", "a < b && c > d"],
    ["*bold* `code`", "*bold* `code`"],
    ["&lt;", "&lt;"],
    ["a\u202eb\u0000c", "abc"],
  ])("%j comes out as %j", ([title, text]) => {
    expect(render("{{ event.title }}", { title }, "plain")).toEqual({ text });
  });
});

describe("what a template is written with", () => {
  test.for<[source: string, text: string]>([
    ["{% if event.title == 'A title' %}yes{% else %}no{% endif %}", "yes"],
    ["{% unless event.labels contains 'x' %}yes{% endunless %}", "yes"],
    ["{% case event.title %}{% when 'A title' %}yes{% else %}no{% endcase %}", "yes"],
    [
      "{% for l in event.labels %}{{ l }}{% unless forloop.last %}, {% endunless %}{% endfor %}",
      "a, b",
    ],
    ["{% for l in event.labels %}{% if l == 'b' %}{% break %}{% endif %}{{ l }}{% endfor %}", "a"],
    [
      "{% for l in event.labels %}{% if l == 'a' %}{% continue %}{% endif %}{{ l }}{% endfor %}",
      "b",
    ],
    ["{% assign x = event.title | upcase %}{{ x }}", "A TITLE"],
    ["a{% comment %}{{ event.title }}{% endcomment %}b", "ab"],
    ["{{ event.labels | join: '+' }} {{ event.labels | size }}", "a+b 2"],
    ["{{ event.nope | default: 'none' }}", "none"],
    ["{{ event.title | truncate: 4 }}", "A..."],
    ["{{ event.url | split: '/' | last | prepend: '<' }}", "&lt;a?b=1&amp;c=2"],
    ["{{ payload.labels[0] }}", "a"],
    ["a  {{- event.title -}}  b", "aA titleb"],
    ["", ""],
    ["no {single} braces", "no {single} braces"],
  ])("%s", ([source, text]) => {
    expect(render(source, { labels: ["a", "b"] })).toEqual({ text });
  });
});

describe("event.link", () => {
  it("is a link in a message, and both halves in a variable", () => {
    expect(render("{{ event.link }}", { title: "a|b <c>" })).toEqual({
      text: "<https://gitlab.example.com/a?b=1&amp;c=2|a¦b &lt;c&gt;>",
    });
    expect(render("{{ event.link }}", { title: "a|b" }, "plain")).toEqual({ text: `a|b ${URL}` });
  });

  it("is only the title where the address is none of the web", () => {
    for (const url of ["javascript:alert(1)", null, "not a url"]) {
      expect(render("{{ event.link }}", { url })).toEqual({ text: "A title" });
    }
  });

  it("is the address where there is no title, and nothing where there is neither", () => {
    expect(render("{{ event.link }}", { title: null, url: "https://x.test/" })).toEqual({
      text: "<https://x.test/|https://x.test/>",
    });
    expect(render("{{ event.link }}", { title: null, url: null })).toEqual({ text: "" });
  });

  it("is a text to a filter", () => {
    expect(render("{{ event.link | upcase }}")).toEqual({ text: "A TITLE" });
  });
});

describe("a template reaches nothing but its scope", () => {
  test.for([
    "{{ event.constructor }}",
    "{{ event.title.constructor }}",
    "{{ event.__proto__ }}",
    "{{ payload.constructor.constructor }}",
    "{{ payload.list.constructor.name }}",
    "{{ payload.list.map }}",
    "{{ constructor }}{{ globalThis }}{{ process }}{{ env }}",
    "{{ event.nope.nope.nope }}",
    "{% assign x = nil %}{{ x.toString }}{{ x.constructor }}",
    "{% assign x = blank %}{{ x.constructor.name }}",
    "{% for l in payload.list %}{{ forloop.toString }}{{ forloop.constructor }}{% endfor %}",
  ])("%s is empty", (source) => {
    expect(render(source, { list: [1] })).toEqual({ text: "" });
  });

  test.for([
    "include",
    "render",
    "layout",
    "block",
    "capture",
    "echo",
    "raw",
    "tablerow",
    "liquid",
  ])("and has no %s", (tag) => {
    expect(problem(`{% ${tag} x %}`)).toContain(`there is no tag "${tag}"`);
  });

  it("and cannot switch the escaping off", () => {
    expect(problem("{{ event.title | raw }}")).toBe(
      'there is no filter "raw". What is inserted is always escaped (line 1, column 18)',
    );
  });

  it("and leaves it as it was", () => {
    const values = { list: ["b", "a"] };
    render("{% assign x = payload.list | sort | join %}{{ x }}", values);
    expect(values).toEqual({ list: ["b", "a"] });
  });

  it("and remembers nothing from one rendering to the next", () => {
    const template = compileTemplate("{{ x }}{% assign x = 1 %}{{ x }}", "plain");
    if (typeof template !== "function") throw new Error("it compiles");
    const scope = { event: {}, payload: {} };
    expect([template(scope), template(scope)]).toEqual([{ text: "1" }, { text: "1" }]);
  });
});

describe("a template that cannot be used", () => {
  test.for<[source: string, problem: string]>([
    ["{{ event.title | nope }}", 'there is no filter "nope" (line 1, column 18)'],
    [
      "one\ntwo {{ event.title | upcas }}",
      'there is no filter "upcas". Did you mean "upcase"? (line 2, column 22)',
    ],
    ["{{ event.title | strip_html }}", 'there is no filter "strip_html" (line 1, column 18)'],
    ["{{ event.title", 'the output "{{ event.title" is not closed with }} (line 1, column 1)'],
    [
      "{% if event.title %}",
      "{% if event.title %} has no end: {% endif %} is missing (line 1, column 1)",
    ],
    [
      "{% endif %}",
      "{% endif %} stands where nothing is open that it could belong to (line 1, column 1)",
    ],
    ["{% nope %}", 'there is no tag "nope" (line 1, column 1)'],
    [
      "{% for i in (1..9999) %}x{% endfor %}",
      "the range (1..9999) needs two numbers that are at most 1,000 apart.",
    ],
    [
      "{% for i in (1..payload.n) %}x{% endfor %}",
      "the range (1..payload.n) needs two numbers that are at most 1,000 apart.",
    ],
    [
      "It's {% for i in (1..5000) %}x{% endfor %} that's",
      "the range (1..5000) needs two numbers that are at most 1,000 apart.",
    ],
    [
      "{% assign x = (1..99999999) %}",
      "the range (1..99999999) needs two numbers that are at most 1,000 apart.",
    ],
    ["x".repeat(10_001), "the template is longer than 10,000 characters."],
  ])("%s", ([source, said]) => {
    expect(problem(source)).toBe(said);
  });

  test.for([
    "{% if '%}' contains (1..payload.n) %}x{% endif %}",
    `{% if "}}" contains (1..payload.n) %}x{% endif %}`,
    `{% if '\\'' == 'x' %}{% endif %}{% for i in (1..payload.n) %}{% endfor %}`,
    "{{ '%}{{' }}{% for i in (1..payload.n) %}{% endfor %}",
    "it's {% for i in (1..payload.n) %}{% endfor %}",
  ])("%s, for no quote hides a range", (source) => {
    expect(problem(source)).toContain("the range (1..payload.n) needs two numbers");
  });

  it("but one may say (1..9999) in its words", () => {
    expect(render("{{ '(1..9999)' }}")).toEqual({ text: "(1..9999)" });
  });
});

describe("a template that takes too much ends", () => {
  const list = Array.from({ length: 100 }, (_, n) => n);
  const often = (inner: string) => `{% for i in (1..1000) %}${inner}{% endfor %}`;
  test.for<[name: string, source: string, error: RegExp]>([
    ["a loop of many steps", often("{{ i }}{{ i }}{{ i }}{{ i }}{{ i }}"), /5,000 steps/],
    [
      "loops in loops",
      "{% for i in payload.list %}{% for j in payload.list %}{% for k in payload.list %}{% endfor %}{% endfor %}{% endfor %}",
      /5,000 steps/,
    ],
    [
      "a text that doubles",
      `{% assign a = 'aaaa' %}${often("{% assign a = a | append: a %}")}`,
      /steps/,
    ],
    [
      "a text that replaces itself",
      "{% assign a = 'aaaaaaaaaa' %}{% for i in (1..9) %}{% assign a = a | replace: 'a', a %}{% endfor %}",
      /would make more than 1,000,000|steps/,
    ],
    [
      "a long separator",
      "{% assign x = payload.long | split: '' | join: payload.long %}",
      /would make|steps/,
    ],
    [
      "searching what is almost there",
      often("{% if payload.long contains payload.almost %}{% endif %}"),
      /steps/,
    ],
    [
      "dates with many names",
      often("{% assign x = '2026-03-03' | date: '%A %A %A %A %A %A %A %A %A %A %A %A %A' %}"),
      /steps/,
    ],
    ["a padded date", "{{ '2026-03-03' | date: '%99999999d' }}", /format of a date/],
    ["a long value many times", often("{{ payload.long }}"), /200,000 characters|steps/],
    ["JSON many times", often("{% assign x = payload | json %}"), /steps/],
    ["Markdown many times", often("{{ payload.long | markdown: 2500 }}"), /steps/],
    ["sorting many times", often("{% assign x = payload.texts | sort_natural %}"), /steps/],
    ["splitting many times", often("{% assign x = payload.long | split: 'a' %}"), /steps/],
  ])("%s", ([, source, error]) => {
    const texts = Array.from({ length: 1_000 }, (_, n) => `${n}`.repeat(20));
    const rendered = render(source, {
      list,
      texts,
      long: "ab".repeat(20_000),
      almost: "ba".repeat(5_000),
    });
    expect(rendered).toEqual({ error: expect.stringMatching(error) });
  });

  it("but not one that lists five hundred items", () => {
    const many = Array.from({ length: 500 }, (_, n) => n);
    const rendered = render("{% for i in payload.many %}{{ i | plus: 1 }},{% endfor %}", { many });
    expect(rendered).toEqual({ text: many.map((n) => `${n + 1},`).join("") });
  });

  it("also where a value is absurdly deep", () => {
    const deep = JSON.parse(`${"[".repeat(200_000)}${"]".repeat(200_000)}`) as unknown;
    const rendered = render("{{ payload.deep }}", { deep });
    expect("error" in rendered || rendered.text === "").toBe(true);
  });
});
