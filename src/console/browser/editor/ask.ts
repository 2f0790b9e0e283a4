/** What the Worker answered, or a sentence that says why it did not. */
export type Asked = { answer: Response } | { problem: string } | { stale: true };

/** Asks the Worker with a form; a question that is put again makes the one before stale. */
export function asker(path: string): (fields: Record<string, string>) => Promise<Asked> {
  let last = new AbortController();
  return async (fields) => {
    last.abort();
    const mine = new AbortController();
    last = mine;
    try {
      const body = new URLSearchParams(fields);
      // Cloudflare Access answers it with 401, and not with a way to its own page.
      const headers = { "X-Requested-With": "XMLHttpRequest" };
      const answer = await fetch(path, { method: "POST", headers, body, signal: mine.signal });
      if (mine.signal.aborted) return { stale: true };
      if (answer.status === 401 || answer.redirected) {
        return {
          problem: "Your session has ended. Sign in in another tab; your text is kept here.",
        };
      }
      if (answer.status === 413) return { problem: await answer.text() };
      if (!answer.ok)
        return { problem: "Something went wrong in Causeway. Change the text to try again." };
      return { answer };
    } catch {
      if (mine.signal.aborted) return { stale: true };
      return {
        problem:
          "Causeway cannot be reached, or your sign-in has ended (look in another tab). Your text is kept here.",
      };
    }
  };
}
