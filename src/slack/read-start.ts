/**
 * The beginning of an answer as text: all of it, or little more than `enough` characters; the rest is
 * not fetched. Throws where the connection breaks.
 */
export async function readStart(response: Response, enough: number): Promise<string> {
  const { headers, body } = response;
  const length = Number(headers.get("content-length") ?? Number.NaN);
  // A compressed answer's length says nothing of what it unpacks to.
  if (length <= enough && !headers.has("content-encoding")) return await response.text();
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length >= enough) break;
  }
  return text;
}
