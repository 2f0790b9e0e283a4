import type { Context, ErrorHandler, NotFoundHandler } from "hono";
import { HTTPException } from "hono/http-exception";
import { Notice } from "../../src/console/notice.tsx";
import { SignedOutPage } from "../../src/console/page.tsx";
import type { Visitor } from "../../src/console/visitor.ts";
import { traceOf, warn } from "../../src/log.ts";
import type { AdminEnv } from "./create-admin.ts";
import { isHtmx } from "./is-htmx.ts";
import { document, show } from "./show.tsx";

/** Answers that there is no such page. */
export const notFound: NotFoundHandler<AdminEnv> = async (c) =>
  await tell(c, 404, "There is no such page", "The address is wrong, or what was there is gone.");

/** Answers what was refused on the way to a page, and our own mistakes, which the log has. */
export const onError: ErrorHandler<AdminEnv> = async (error, c) => {
  if (error instanceof HTTPException) {
    return await tell(
      c,
      403,
      "Nothing was changed",
      "This was not sent by a page of this console, or the browser does not say so. Open the page again, and press the button there.",
    );
  }
  warn("console_crashed", { path: c.req.path, error: traceOf(error) });
  return await tell(
    c,
    500,
    "Causeway made a mistake",
    "Its log says which: npx wrangler tail, or Workers Logs at Cloudflare. Going back and trying again does no harm.",
  );
};

async function tell(
  c: Context<AdminEnv>,
  status: 403 | 404 | 500,
  title: string,
  text: string,
): Promise<Response> {
  if (isHtmx(c)) {
    return await c.html(<Notice said={{ kind: "bad", text: `${title}. ${text}` }} />, status);
  }
  const content = (
    <>
      <p>{text}</p>
      <p>
        <a href="/admin">To the overview</a>
      </p>
    </>
  );
  // Something may have gone wrong before it was known who asks.
  const visitor: Visitor | undefined = c.get("visitor");
  return visitor === undefined
    ? await document(c, <SignedOutPage title={title}>{content}</SignedOutPage>, status)
    : await show(c, { title, place: null, status }, content);
}
