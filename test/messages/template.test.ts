import { describe, expect, it, test } from "vitest";
import type { JsonObject } from "../../src/gitlab/json.ts";
import { compileTemplate, Link, type Flavour } from "../../src/messages/template.ts";

const URL = "https://gitlab.example.com/a?b=1&c=2";

function render(source: string, values: Record<string, unknown> = {}, flavour: Flavour = "mrkdwn") {
  const template = compileTemplate(source, flavour);
  if (typeof template !== "function") throw new Error(template.problem);
  return template({
    event: { url: URL, title: "A title", ...values },
    payload: values as JsonObject,
  });
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
    ["*bold* `code`", "\u200b*\u200bbold\u200b*\u200b \u200b`\u200bcode\u200b`\u200b"],
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
    expect(String(new Link(URL, "t"))).toBe("t");
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
    expect(problem(`{% ${tag} x %}`)).toBe(`tag "${tag}" not found, line:1, col:1`);
  });

  it("and cannot switch the escaping off", () => {
    expect(problem("{{ event.title | raw }}")).toBe("undefined filter: raw, line:1, col:1");
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
    ["{{ event.title | nope }}", "undefined filter: nope, line:1, col:1"],
    ["one\ntwo {{ event.title | nope }}", "undefined filter: nope, line:2, col:5"],
    ["{{ event.title", 'output "{{ event.title" not closed, line:1, col:1'],
    ["{% if event.title %}", "tag {% if event.title %} not closed, line:1, col:1"],
    ["{% nope %}", 'tag "nope" not found, line:1, col:1'],
    ["x".repeat(10_001), "the template is longer than 10000 characters."],
  ])("%s", ([source, said]) => {
    expect(problem(source)).toBe(said);
  });
});

describe("a template that takes too much ends", () => {
  const list = Array.from({ length: 100 }, (_, n) => n);
  test.for<[name: string, source: string, error: RegExp]>([
    ["a long loop", "{% for i in (1..3000) %}x{% endfor %}", /more than 2000 steps/],
    [
      "loops in loops",
      "{% for i in payload.list %}{% for j in payload.list %}{% for k in payload.list %}{% endfor %}{% endfor %}{% endfor %}",
      /more than 2000 steps/,
    ],
    [
      "loops without a body",
      "{% for i in payload.list %}{% for j in payload.list %}{% endfor %}{% endfor %}",
      /more than 2000 steps/,
    ],
    ["a range", "{% assign x = (1..99999999) %}", /limit exceeded/],
    [
      "a text that doubles",
      "{% assign a = 'aaaa' %}{% for i in (1..40) %}{% assign a = a | append: a %}{% endfor %}",
      /limit exceeded/,
    ],
    [
      "a text that replaces itself",
      "{% assign a = 'aaaaaaaaaa' %}{% for i in (1..9) %}{% assign a = a | replace: 'a', a %}{% endfor %}",
      /limit exceeded/,
    ],
    ["a padded date", "{{ 'now' | date: '%99999999d' }}", /limit exceeded/],
    [
      "a long value many times",
      "{% for i in (1..400) %}{{ event.long }}{% endfor %}",
      /limit exceeded/,
    ],
  ])("%s", ([, source, error]) => {
    const rendered = render(source, { list, long: "x".repeat(1_000) });
    expect(rendered).toEqual({ error: expect.stringMatching(error) });
  });

  it("but not one that lists a hundred items", () => {
    const rendered = render("{% for i in payload.list %}{{ i }},{% endfor %}", { list });
    expect(rendered).toEqual({ text: list.map((n) => `${n},`).join("") });
  });

  it("also where a value is absurdly deep", () => {
    const deep = JSON.parse(`${"[".repeat(200_000)}${"]".repeat(200_000)}`) as unknown;
    const rendered = render("{{ payload.deep }}", { deep });
    expect("error" in rendered || rendered.text === "").toBe(true);
  });
});
