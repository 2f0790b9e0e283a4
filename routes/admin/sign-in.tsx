import type { Context } from "hono";
import { bodyLimit } from "hono/body-limit";
import { getCookie, setCookie } from "hono/cookie";
import { backTo } from "../../src/console/back-to.ts";
import { countGuesses } from "../../src/console/guesses.ts";
import { startSession } from "../../src/console/session.ts";
import { MAX_NAME, SignInPage } from "../../src/console/sign-in-page.tsx";
import { roleTokens } from "../../src/console/way-in.ts";
import { warn } from "../../src/log.ts";
import { roleOf } from "../role-of.ts";
import { closed } from "./closed.tsx";
import { createAdmin, type AdminEnv } from "./create-admin.ts";
import { dropSession, keepSession } from "./session-cookie.ts";
import { document } from "./show.tsx";
import { whoIsThere } from "./who-is-there.ts";
import { wholeForm } from "./whole-form.ts";

const NAME_COOKIE = "causeway-name";
const YEAR_SECONDS = 365 * 24 * 3_600;

/** Anybody may send the form, and is not to fill the memory with it. */
const smallForm = bodyLimit({
  maxSize: 16_384,
  onError: (c) => c.text("A name and a token are not that long.", 413),
});

const guesses = countGuesses();

/** Signing in with a token, and out again. With Cloudflare Access there is nothing to fill in. */
export const signIn = createAdmin()
  .get("/sign-in", async (c) => {
    const caller = await whoIsThere(c, Date.now());
    const back = backTo(c.req.query("back"));
    switch (caller.state) {
      case "in": {
        // A viewer may sign in anew, with the other token.
        const { session, visitor } = caller;
        if (session === null || c.req.query("again") === undefined) return c.redirect(back, 303);
        return await document(c, <SignInPage back={back} name={visitor.name} said={null} />, 200);
      }
      case "closed":
        return await closed(c, caller.why);
      case "out": {
        const said = caller.ended ? "Your session has ended. Sign in again." : null;
        const name = getCookie(c, NAME_COOKIE) ?? "";
        return await document(c, <SignInPage back={back} name={name} said={said} />, 200);
      }
    }
  })
  .post("/sign-in", smallForm, wholeForm, async (c) => {
    const now = Date.now();
    const caller = await whoIsThere(c, now);
    if (caller.state === "closed") return await closed(c, caller.why);
    const form = await c.req.parseBody();
    const back = backTo(textOf(form["back"]));
    // With Access there is no token to be shown.
    const tokens = caller.state === "out" || caller.session !== null ? roleTokens(c.env) : null;
    if (tokens === null) return c.redirect(back, 303);
    const name = textOf(form["name"]).trim();
    const again = (status: 400 | 401 | 429, said: string) =>
      document(c, <SignInPage back={back} name={name} said={said} />, status);

    const address = c.req.header("cf-connecting-ip") ?? "";
    const waitSeconds = guesses.waitOf(address, now);
    if (waitSeconds > 0) {
      c.header("retry-after", String(waitSeconds));
      return await again(
        429,
        `Too many wrong tokens came from your address. Wait ${waitSeconds} seconds, then try again.`,
      );
    }
    const role = await roleOf(textOf(form["token"]).trim(), tokens);
    if (role === null) {
      guesses.wrong(address, now);
      warn("sign_in_refused");
      return await again(401, WRONG_TOKEN);
    }
    if (!isName(name)) return await again(400, WRONG_NAME);
    keepName(c, name);
    await keepSession(c, startSession(name, role, now), tokens);
    return c.redirect(back, 303);
  })
  .post("/sign-out", (c) => {
    dropSession(c);
    return c.redirect("/admin/sign-in", 303);
  });

const WRONG_TOKEN =
  "This is not the token. Copy the whole of it, without spaces around it. If nobody has it any more, whoever deploys Causeway sets a new one.";
const WRONG_NAME = `Say your name, in at most ${MAX_NAME} characters: history shows it next to what you publish.`;

function textOf(field: unknown): string {
  return typeof field === "string" ? field : "";
}

function isName(name: string): boolean {
  return name !== "" && name.length <= MAX_NAME && !/\p{C}/u.test(name);
}

function keepName(c: Context<AdminEnv>, name: string): void {
  setCookie(c, NAME_COOKIE, name, {
    path: "/admin",
    httpOnly: true,
    sameSite: "Lax",
    secure: new URL(c.req.url).protocol === "https:",
    maxAge: YEAR_SECONDS,
  });
}
