import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { ADDRESSES, ALL_ATTACKS, ATTACKS, MARK } from "../../security/console-attacks.ts";
import { startChromium } from "../chromium.ts";
import { hostileWorld, SHORT, type HostileWorld } from "./hostile-world.ts";
import { openConsole, visitConsole, type Visit } from "./visit-console.ts";

const MOST_PAGES = 110;
const OF_A_KIND = 4;
const CALM_MS = 120;

/** Before any page: what the CSP stops is noted, and dialogs that a script opens. */
const WITNESS = `
  window.__stopped = [];
  document.addEventListener("securitypolicyviolation", (event) => {
    window.__stopped.push(event.effectiveDirective + " " + event.blockedURI + " " + event.sourceFile);
  });
`;

/** What is on the page that only an attack can have put there, a line each. */
const FOREIGN = `(() => {
  const found = [];
  if (window.__ran !== undefined) found.push("a script ran");
  const runs = /^[\\s\\u0000-\\u0020]*(j\\s*a\\s*v\\s*a|data:|vbscript:)/i;
  for (const root of [document, ...Array.from(document.querySelectorAll("template"), (t) => t.content)]) {
    for (const element of root.querySelectorAll("*")) {
      const tag = element.localName;
      if (tag === "${MARK}" || /^(iframe|object|embed|base)$/.test(tag)) found.push("<" + tag + ">");
      if (tag === "script" && !/^\\/console\\/\\w+\\.js$/.test(element.getAttribute("src") ?? "")) found.push("a script");
      if (tag === "meta" && element.httpEquiv !== "") found.push("a meta");
      for (const { name, value } of element.attributes) {
        if (name === "${MARK}" || /^on/.test(name) || name === "srcdoc") found.push(tag + " " + name);
        if (/^(data-)?hx-(get|post|put|patch|delete)$/.test(name) && !value.startsWith("/admin")) {
          found.push(tag + " " + name + "=" + value);
        }
        if (/^(data-)?hx-(on|vals|vars|headers|ext|request)/.test(name)) found.push(tag + " " + name);
        if (/^(href|src|action|formaction|xlink:href)$/.test(name) && runs.test(value)) {
          found.push(tag + " " + name + "=" + value);
        }
        if (/^(action|formaction|src)$/.test(name) && !new URL(value, location.href).href.startsWith(location.origin)) {
          found.push(tag + " " + name + "=" + value);
        }
      }
    }
  }
  return found.concat(window.__stopped.map((it) => "stopped: " + it));
})()`;

/** Where a page leads within the console, and what it asks for by itself. */
const LINKS = `Array.from(document.querySelectorAll("a[href], [hx-get]"), (element) =>
  element.getAttribute("hx-get") ?? element.getAttribute("href")).filter((to) => /^[/?]/.test(to))
  .map((to) => { const url = new URL(to, location.href); return url.pathname + url.search; })`;

describe("what attackers wrote", { timeout: 240_000 }, () => {
  let browser: Browser;
  let world: HostileWorld;

  beforeAll(async () => {
    [browser, world] = await Promise.all([startChromium(), hostileWorld(inject("bundle"))]);
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await world.stop();
  });

  /** A window that notes what goes elsewhere. */
  async function watched(): Promise<Visit> {
    const visit = await visitConsole(browser, world, { name: SHORT });
    visit.page.removeAllListeners("dialog");
    visit.page.on("dialog", (dialog) => {
      // The editor asks whether to leave what was written.
      if (dialog.type() !== "beforeunload") visit.wrong.push(dialog.message());
      void dialog.accept();
    });
    await visit.page.addInitScript(WITNESS);
    visit.page.on("request", (request) => {
      if (!request.url().startsWith(world.url)) visit.wrong.push(`asked for ${request.url()}`);
    });
    await visit.page.goto("/admin");
    return visit;
  }

  async function calm(page: Page): Promise<void> {
    await page.waitForTimeout(CALM_MS);
    await page.waitForFunction("document.querySelector('.htmx-request') === null");
  }

  it("is text on every page that a page leads to", async () => {
    const { page, wrong, close } = await watched();
    const known = world.events.slice(0, 30).map((id) => `/admin/events/${id}`);
    const waiting = [...STARTS, ...known];
    const kinds = new Map<string, number>();
    const found: Record<string, string[]> = {};
    const marked = new Set<string>();
    const seen = new Set<string>();
    while (waiting.length > 0 && seen.size < MOST_PAGES) {
      const path = waiting.shift() ?? "";
      const kind = kindOf(path);
      if (seen.has(path) || !path.startsWith("/admin") || LEFT_OUT.test(path)) continue;
      if (!STARTS.includes(path) && !known.includes(path) && (kinds.get(kind) ?? 0) >= OF_A_KIND)
        continue;
      seen.add(path);
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      const answer = await page.goto(path);
      await calm(page);
      const faults = (await page.evaluate(FOREIGN)) as string[];
      if ((answer?.status() ?? 0) >= 500) faults.push(`status ${answer?.status()}`);
      if (faults.length > 0) found[path] = [...new Set(faults)].slice(0, 10);
      if ((await page.content()).includes(MARK)) marked.add(kind);
      waiting.push(...((await page.evaluate(LINKS)) as string[]));
    }
    expect(found).toEqual({});
    expect(wrong.filter((line) => !/status of (404|422)/.test(line))).toEqual([]);
    // Else there was nothing to look at.
    expect([...marked].toSorted()).toEqual(expect.arrayContaining(FILLED));
    await close();
  });

  it("is text where it stands in an address", async () => {
    const { page, wrong, close } = await watched();
    const found: Record<string, string[]> = {};
    for (const attack of [ALL_ATTACKS, ...ATTACKS.slice(1, 5), ...ADDRESSES.slice(0, 1)]) {
      const value = encodeURIComponent(attack.toWellFormed());
      for (const path of ADDRESSED) {
        await page.goto(path.replaceAll("*", value));
        await calm(page);
        const faults = (await page.evaluate(FOREIGN)) as string[];
        if (faults.length > 0) found[`${path} ${attack}`] = faults;
      }
    }
    expect(found).toEqual({});
    // A name came for somebody who is not on the page.
    const expected = /status of (400|404|422)|oobErrorNoTarget/;
    expect(wrong.filter((line) => !expected.test(line))).toEqual([]);
    await close();
  });

  it("is text in the editor, its preview and what changes", async () => {
    const { page, wrong, close } = await watched();
    const found: Record<string, string[]> = {};
    for (const [name, yaml] of Object.entries(YAML)) {
      await page.goto("/admin/documents?key=mapping%2Fgitlab%2Fgitlab-com");
      await page.locator(".cm-content").press("ControlOrMeta+a");
      await page.evaluate(pasting(yaml));
      await page.waitForTimeout(900);
      await calm(page);
      const faults = (await page.evaluate(FOREIGN)) as string[];
      const first = yaml.split(/[^a-z]/)[0] ?? "";
      if (!(await page.locator(".cm-content").innerText()).includes(first))
        faults.push("not there");
      if (faults.length > 0) found[name] = faults;
    }
    expect(found).toEqual({});
    expect(wrong).toEqual([]);
    await close();
  });

  it("is seen in the editor when it hides its own direction", async () => {
    const { page, close } = await watched();
    await page.goto("/admin/documents?new=mapping");
    await page.locator(".cm-content").press("ControlOrMeta+a");
    await page.evaluate(pasting("a: \u202eb\u2066c\u200bd\n"));
    expect(await page.locator(".cm-content .cm-specialChar").count()).toBe(3);
    await close();
  });

  it("is text in the playground, whatever is pasted there", async () => {
    const { page, wrong, close } = await watched();
    const found: Record<string, string[]> = {};
    for (const [name, payload] of Object.entries(PAYLOADS)) {
      await page.goto("/admin/playground");
      await page.locator("select#event").selectOption("paste");
      await page.locator("textarea").last().fill(payload);
      await page.waitForTimeout(900);
      await calm(page);
      const faults = (await page.evaluate(FOREIGN)) as string[];
      if (faults.length > 0) found[name] = faults;
    }
    expect(found).toEqual({});
    expect(wrong).toEqual([]);
    await close();
  });

  it("would be stopped by the policy if it became markup", async () => {
    const { page, close } = await visitConsole(browser, world);
    await page.addInitScript(WITNESS);
    await page.goto("/admin/events");
    await page.evaluate(`(() => {
      const add = (tag, fields) => document.body.append(Object.assign(document.createElement(tag), fields));
      add("script", { textContent: "window.__ran = 1" });
      add("script", { src: "https://evil.invalid/x.js" });
      add("img", { src: "https://evil.invalid/x.png" });
      add("link", { rel: "stylesheet", href: "https://evil.invalid/x.css" });
      add("style", { textContent: "body { outline: 7px solid red }" });
      add("iframe", { src: "/admin" });
      add("base", { href: "https://evil.invalid/" });
      document.body.insertAdjacentHTML("beforeend", '<p style="outline: 7px solid red" id="styled">x</p><img src="x" onerror="window.__ran = 1"><a id="led" href="javascript:window.__ran=1">x</a>');
      document.getElementById("led").click();
      const form = Object.assign(document.createElement("form"), { action: "https://evil.invalid/" });
      document.body.append(form);
      form.submit();
      fetch("https://evil.invalid/").catch(() => {});
      // Not at once: what a test evaluates may evaluate.
      setTimeout(() => { new Function("window.__ran = 1")(); }, 1);
    })()`);
    await page.waitForTimeout(500);
    expect(await page.evaluate("window.__ran === undefined")).toBe(true);
    const stopped = ((await page.evaluate("window.__stopped")) as string[]).map(
      (line) => line.split(" ")[0],
    );
    for (const directive of STOPPED) expect(stopped).toContain(directive);
    const outlines =
      "[document.body, document.getElementById('styled')].map((it) => getComputedStyle(it).outlineWidth)";
    expect(await page.evaluate(outlines)).not.toContain("7px");
    expect(await page.evaluate("document.baseURI")).toBe(`${world.url}/admin/events`);
    expect(page.url()).toBe(`${world.url}/admin/events`);
    await close();
  });

  it("would be found, by what this test looks for", async () => {
    const { page, close } = await visitConsole(browser, world);
    await page.addInitScript(WITNESS);
    for (const attack of ATTACKS.filter(
      (each) => each.startsWith("<") && !/meta|iframe/.test(each),
    )) {
      await page.goto("/admin/events");
      await page.evaluate(
        `document.querySelector("main").innerHTML = ${JSON.stringify(`<p title="${attack}">${attack}</p><p title='${attack}'></p>`)}`,
      );
      expect(await page.evaluate(FOREIGN)).not.toEqual([]);
    }
    await close();
  });

  it("would come to no life in what htmx is answered", async () => {
    const { page, close } = await visitConsole(browser, world);
    await page.addInitScript(WITNESS);
    await page.goto("/admin/events");
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    // As if a part of a page had an attack in it.
    await page.route("**/admin/events/newer**", async (route) => {
      await route.fulfill({
        contentType: "text/html",
        body: `<div id="now-here">${ALL_ATTACKS}<script>window.__ran=1</script><b hx-on:htmx:load="window.__ran=1" hx-get="https://evil.invalid/x" hx-trigger="load[window.__ran=1]">x</b></div>`,
      });
    });
    await page.evaluate(`(() => {
      const place = document.createElement("div");
      place.setAttribute("hx-get", "/admin/events/newer");
      place.setAttribute("hx-trigger", "poke");
      document.querySelector("main").append(place);
      window.htmx?.process(place);
      place.dispatchEvent(new Event("poke"));
    })()`);
    await page.waitForTimeout(2_500);
    expect(await page.evaluate("window.__ran === undefined")).toBe(true);
    expect(asked.filter((url) => url.includes("evil"))).toEqual([]);
    await close();
  });

  it("shows no page of the console in a frame", async () => {
    const { page, close } = await openConsole(browser, world);
    await page.route("https://evil.invalid/**", async (route) => {
      const isInner = route.request().url().endsWith("inner");
      const frames = `<iframe src="/inner"></iframe><iframe src="${world.url}/admin/sign-in"></iframe>`;
      const body = isInner ? "<input>" : frames;
      await route.fulfill({ contentType: "text/html", body });
    });
    await page.goto("https://evil.invalid/");
    await page.waitForTimeout(1_000);
    const [, inner, ours] = page.frames();
    expect(await inner?.locator("input").count()).toBe(1);
    expect(ours?.url()).toMatch(/^chrome-error:/);
    await close();
  });
});

/** What the policy says no to, of what the test above tries. */
const STOPPED = [
  "script-src-elem",
  "script-src-attr",
  "style-src-elem",
  "style-src-attr",
  "img-src",
  "frame-src",
  "base-uri",
  "form-action",
  "connect-src",
  "script-src",
];

const HOSTILE_KEY = encodeURIComponent(`destination/${SHORT}`);

const STARTS = [
  "",
  "/events",
  "/failed",
  "/mappings",
  "/destinations",
  "/reactions",
  "/people",
  "/hooks",
  "/playground",
  "/history",
  "/api-reference",
  "/overview",
  "/hooks/summary",
  "/failed/list",
  "/people/missing",
  "/people/in-slack",
  "/channel-names?channel=C0000000001",
  "/documents/words",
  "/documents?key=mapping%2Fgitlab%2Fgitlab-com",
  "/documents?key=mapping%2Fgitlab%2Fbroken",
  `/documents?key=${HOSTILE_KEY}`,
  "/documents?key=destination%2Finvalid",
  "/documents/delete?key=destination%2Fchannel",
  "/documents/events?key=mapping%2Fgitlab%2Fgitlab-com",
  "/reactions?channel=C0000000001",
  "/reactions?channel=C0000000001&emoji=eyes",
  "/people/members?slack=img",
].map((path) => `/admin${path}`);

const LEFT_OUT = /^\/admin\/(api(\/|$)|sign-|documents\/changed)|\/(body|outcome|newer)(\?|$)/;

/** Pages that must have had attacks on them. */
const FILLED = [
  "/admin",
  "/admin/destinations",
  "/admin/documents",
  "/admin/events",
  "/admin/events/…",
  "/admin/failed",
  "/admin/history",
  "/admin/hooks",
  "/admin/mappings",
  "/admin/people",
  "/admin/people/missing",
  "/admin/reactions",
];

/** Addresses with an attack in the place of `*`. */
const ADDRESSED = [
  "/admin/events?q=*&state=*&type=*&project=*&channel=*&before=*&live=*&to=*",
  "/admin/events/*",
  "/admin/mappings?q=*&to=*&after=*&source=*&state=*",
  "/admin/destinations?name=*&after=*&q=*",
  "/admin/destinations/*/pause?back=*",
  "/admin/people?q=*&edit=*&add=*&after=*",
  "/admin/reactions?q=*",
  "/admin/reactions?channel=*&on=*",
  "/admin/documents?key=*",
  "/admin/documents?new=mapping&key=*",
  "/admin/history?key=*",
  "/admin/history/*",
  "/admin/hooks?after=*",
  "/admin/overview?said=*&new=yes",
  "/admin/failed/list?destination=*&cause=*",
  "/admin/*",
  "/admin/sign-in?back=*",
];

const quoted = JSON.stringify(ALL_ATTACKS);
const YAML: Record<string, string> = {
  "strings that look like markup": `rules:\n  - name: ${quoted}\n    on: issue.*\n    to: channel\n    message: ${quoted}\n`,
  "keys that are attacks": `${quoted}: ${quoted}\nrules: []\n`,
  "no YAML at all": ALL_ATTACKS,
  "templates that break":
    "rules:\n  - name: a\n    on: '*'\n    to: channel\n    message: '{{ <img src=x onerror=window.__ran=1> }} {% <zqx> %}'\n",
  "a condition that breaks": `rules:\n  - name: a\n    on: '*'\n    to: channel\n    when: { if: ${quoted} }\n`,
  "a byte order mark and directions": "\ufeff\u202erules\u2066: \u200b[]\u0000",
  "aliases without end": `a: &a [x]\n${"bcdefgh"
    .split("")
    .map((name, at) => `${name}: &${name} [${`*${"abcdefg"[at]},`.repeat(9)}]`)
    .join("\n")}\n`,
};

const PAYLOADS: Record<string, string> = {
  "a body of attacks": JSON.stringify({
    object_kind: "issue",
    user: { name: ALL_ATTACKS, username: SHORT },
    project: { path_with_namespace: "gitlab-com/x", name: ALL_ATTACKS, web_url: ADDRESSES[0] },
    object_attributes: {
      action: "open",
      title: ALL_ATTACKS,
      url: ADDRESSES[0],
      description: ALL_ATTACKS,
    },
  }),
  prototypes:
    '{"object_kind":"issue","__proto__":{"action":"<zqx>"},"constructor":{"prototype":1}}',
  "no JSON": ALL_ATTACKS,
  "deep nesting": "[".repeat(50_000),
  "a megabyte": JSON.stringify({
    object_kind: "issue",
    object_attributes: { title: "<zqx>".repeat(180_000) },
  }),
};

/** Pastes a text into the editor, over what is marked there. */
function pasting(text: string): string {
  return `(() => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", ${JSON.stringify(text)});
    const paste = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
    document.querySelector(".cm-content").dispatchEvent(paste);
  })()`;
}

/** Pages of one kind differ by what they are about. */
function kindOf(path: string): string {
  const [at = ""] = path.split("?");
  return at
    .replace(/(\/admin\/(?:events|history|failed\/retries|destinations))\/(?!newer)[^/]+/, "$1/…")
    .replace(/\/$/, "");
}
