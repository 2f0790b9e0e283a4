import type { Context } from "hono";
import { html } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { Page, type PageProps } from "../../src/console/page.tsx";
import type { AdminEnv } from "./create-admin.ts";
import { saidBefore } from "./say.ts";

type Shown = Omit<PageProps, "visitor" | "nonce" | "children"> & {
  status?: ContentfulStatusCode;
};

type Content = HtmlEscapedString | Promise<HtmlEscapedString>;

/** Answers with a whole page: `content` within the console's frame. */
export function show(
  c: Context<AdminEnv>,
  page: Shown,
  content: Content,
): Response | Promise<Response> {
  const { status = 200, ...props } = page;
  const said = props.said ?? saidBefore(c);
  const nonce = c.get("secureHeadersNonce");
  return document(
    c,
    <Page
      {...props}
      said={said}
      visitor={c.get("visitor")}
      {...(nonce === undefined ? {} : { nonce })}
    >
      {content}
    </Page>,
    status,
  );
}

/** Answers with a whole document, of whoever made it. */
export function document(
  c: Context<AdminEnv>,
  page: Content,
  status: ContentfulStatusCode,
): Response | Promise<Response> {
  return c.html(html`<!doctype html>${page}`, status);
}
