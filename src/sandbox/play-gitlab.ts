import { sampleHeaders } from "./sample-delivery.ts";

/** What the Worker answered to a webhook: its words as they came, and what they say where they are Causeway's. */
export type Played = { status: number; body: string; id: string | null; said: string };

/** Plays GitLab: sends a body to the Worker at `url`, signed, to the hook of a path or to the shared one. */
export async function playGitlab(
  url: string,
  body: string,
  signingToken: string,
  hookPath: string | null = null,
): Promise<Played> {
  const path = hookPath === null ? "" : `/${hookPath.split("/").map(encodeURIComponent).join("/")}`;
  const response = await fetch(`${url}/gitlab/webhooks${path}`, {
    method: "POST",
    headers: sampleHeaders(body, signingToken),
    body,
    redirect: "error",
  });
  const text = await response.text();
  const { id, status, error } = read(text);
  return {
    status: response.status,
    body: text,
    id: id ?? null,
    said: status ?? error?.message ?? text.slice(0, 200),
  };
}

function read(text: string): { id?: string; status?: string; error?: { message?: string } } {
  try {
    return (JSON.parse(text) ?? {}) as ReturnType<typeof read>;
  } catch {
    return {};
  }
}
