import { runInDurableObject } from "cloudflare:test";
import { exports } from "cloudflare:workers";
import { vi } from "vitest";
import type { Publish, PublishInFull } from "../../src/publishing/publish.ts";
import type { PresentDocument } from "../../src/publishing/present-document.ts";
import { TEST_SETTINGS } from "../settings.ts";
import { ORIGIN } from "../webhook.ts";
import { bindings, relay, settled } from "../world.ts";

/** An answer of `/admin/api`. */
export type Answer<T> = { status: number; headers: Headers; body: T };

/** Asks `/admin/api` with everything that a request can have. */
export async function ask<T>(
  path: string,
  init: { method?: string; body?: string; headers?: Record<string, string> } = {},
): Promise<Answer<T>> {
  const response = await exports.default.fetch(
    new Request(`${ORIGIN}/admin/api${path}`, {
      ...init,
      headers: { ...init.headers, authorization: `Bearer ${TEST_SETTINGS.ADMIN_TOKEN}` },
    }),
  );
  return { status: response.status, headers: response.headers, body: await response.json() };
}

export type Wanted = { key: string; text: string | null; ifMatch: string | null };

/** What a refusal says. */
export type Refused = {
  error: {
    code: string;
    message: string;
    path?: string;
    conflicts?: { key: string; etag: string | null; by: string | null; at: string | null }[];
    problems?: { key: string; path: string; message: string }[];
  };
};

/** Publishes as the command line does. */
export async function post<T = Publish>(
  changes: Wanted[],
  more: Record<string, unknown> = {},
): Promise<Answer<T>> {
  return await ask<T>("/publishes", {
    method: "POST",
    body: JSON.stringify({ by: "amina", why: "because", changes, ...more }),
  });
}

/** The document of a key, or null. */
export async function documentAt(key: string): Promise<PresentDocument | null> {
  const { status, body } = await ask<PresentDocument>(`/documents/${key}`);
  return status === 200 ? body : null;
}

export async function etagAt(key: string): Promise<string | null> {
  return (await documentAt(key))?.etag ?? null;
}

/** Publishes one document over whatever is there. */
export async function put(key: string, document: unknown): Promise<Answer<Publish>> {
  const text = document === null ? null : JSON.stringify(document);
  return await post([{ key, text, ifMatch: await etagAt(key) }]);
}

export async function history(query = ""): Promise<Publish[]> {
  return (await ask<{ items: Publish[] }>(`/publishes${query}`)).body.items;
}

export async function publishNamed(id: string): Promise<PublishInFull> {
  return (await ask<PublishInFull>(`/publishes/${id}`)).body;
}

/** Waits until the publisher has nothing under way. */
export async function written(): Promise<void> {
  await settled("publisher");
}

/** A mapping that says something of every issue that is opened in `acme`. */
export const MAPPING = "mapping/gitlab/acme";

export function saying(message: string): object {
  return { rules: [{ name: "Opened", on: "issue.open", to: "channel", message }] };
}

/** Has KV refuse writes of these keys, until the returned function is called. */
export async function refuseWrites(
  refuses: (key: string) => string | null,
): Promise<{ mend: () => void; tried: string[] }> {
  const tried: string[] = [];
  const spies: { mockRestore: () => void }[] = [];
  await runInDurableObject(relay("publisher"), () => {
    for (const method of ["put", "delete"] as const) {
      const really = bindings.MAPPINGS[method].bind(bindings.MAPPINGS) as (
        ...args: unknown[]
      ) => Promise<void>;
      const spy = vi.spyOn(bindings.MAPPINGS, method).mockImplementation((async (
        ...args: unknown[]
      ) => {
        const key = String(args[0]);
        tried.push(key);
        const refusal = refuses(key);
        if (refusal !== null) throw new Error(refusal);
        await really(...args);
      }) as never);
      spies.push(spy);
    }
  });
  return { mend: () => spies.forEach((spy) => spy.mockRestore()), tried };
}

/** Has KV show what is given instead of what it has, or fail, until the returned function is called. */
export async function showInKv(
  shows: (key: string) => { value: string | null; metadata: unknown },
): Promise<() => void> {
  let spy: { mockRestore: () => void } | undefined;
  await runInDurableObject(relay("publisher"), () => {
    spy = vi
      .spyOn(bindings.MAPPINGS, "getWithMetadata")
      .mockImplementation((async (keys: string | string[]) =>
        typeof keys === "string"
          ? shows(keys)
          : new Map(keys.map((key) => [key, shows(key)]))) as never);
  });
  return () => spy?.mockRestore();
}
