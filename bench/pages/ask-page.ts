import type { Server } from "../processes/start-workerd.ts";

/** A page that came, and how long it took from asking to its last byte. */
type Page = { ms: number; bytes: number; html: string };

/** Signs in as an editor; the cookie is what the browser would keep. */
export async function signIn(server: Server, token: string): Promise<string> {
  const origin = `http://127.0.0.1:${server.port}`;
  const answer = await fetch(`${origin}/admin/sign-in`, {
    method: "POST",
    headers: { origin, "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ token, name: "Bench" }).toString(),
    redirect: "manual",
  });
  const cookie = answer.headers.getSetCookie().map((each) => each.split(";", 1)[0] ?? "");
  if (answer.status !== 303) throw new Error(`Signing in was answered with ${answer.status}.`);
  return cookie.join("; ");
}

/** Asks for a page, and reads it to its end. */
export async function askPage(server: Server, cookie: string, path: string): Promise<Page> {
  const startedAt = performance.now();
  const answer = await fetch(`http://127.0.0.1:${server.port}${path}`, { headers: { cookie } });
  const html = await answer.text();
  const ms = performance.now() - startedAt;
  if (answer.status !== 200) throw new Error(`${path} was answered with ${answer.status}.`);
  return { ms, bytes: Buffer.byteLength(html), html };
}

/** The pages that the navigation names, and one each of those that they lead to. */
export async function pathsOf(server: Server, cookie: string): Promise<string[]> {
  const { html } = await askPage(server, cookie, "/admin");
  const named = hrefs(/<nav.*<\/nav>/s.exec(html)?.[0] ?? "", /^\/admin/);
  const events = await askPage(server, cookie, "/admin/events");
  const mappings = await askPage(server, cookie, "/admin/mappings");
  const next = [
    hrefs(events.html, /^\/admin\/events\/[^?/]+$/)[0],
    hrefs(events.html, /^\/admin\/events\?.*cursor=/).at(-1),
    hrefs(mappings.html, /^\/admin\/documents\?key=/)[0],
    hrefs(mappings.html, /^\/admin\/mappings\?.*after=/).at(-1),
    "/admin/mappings?q=queue+7",
    "/admin/events?type=issue.close",
  ];
  return [...new Set([...named, ...next.filter((path) => path !== undefined)])];
}

function hrefs(html: string, wanted: RegExp): string[] {
  const all = Array.from(html.matchAll(/href="([^"]*)"/g), ([, href = ""]) =>
    href.replaceAll("&amp;", "&"),
  );
  return all.filter((href) => wanted.test(href));
}
