export type Arguments = Record<string, unknown>;

/** Arguments that Slack takes as JSON text where the rest of the request is a form. */
const JSON_IN_FORMS = new Set(["blocks", "attachments", "metadata"]);

/**
 * The arguments of a call: query string, form or JSON (docs.slack.dev, "Using the Slack Web API"). A body that is not what
 * its content type says is undefined; JSON text inside a form that cannot be parsed stays text.
 */
export async function readArguments(request: Request): Promise<Arguments | undefined> {
  if (request.method === "GET") return fromForm(new URL(request.url).searchParams);
  const type = request.headers.get("content-type") ?? "";
  // As bytes, because workerd warns about a form that is read as text.
  const body = new TextDecoder().decode(await request.arrayBuffer());
  if (type.startsWith("application/x-www-form-urlencoded")) {
    const form = new URLSearchParams(body);
    // Incoming webhooks also take a form whose one field is the JSON.
    return form.has("payload") ? fromJson(form.get("payload") ?? "") : fromForm(form);
  }
  return body === "" ? {} : fromJson(body);
}

/** A text argument; Slack takes numbers and booleans for it too. */
export function textOf(args: Arguments, name: string): string {
  const value = args[name];
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}

function fromForm(form: URLSearchParams): Arguments {
  return Object.fromEntries(
    [...form].map(([name, value]) => [name, JSON_IN_FORMS.has(name) ? parsed(value) : value]),
  );
}

function fromJson(text: string): Arguments | undefined {
  const value = parsed(text);
  return isJsonObject(value) ? value : undefined;
}

export function isJsonObject(value: unknown): value is Arguments {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
