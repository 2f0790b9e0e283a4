/** The event to try a draft on: one that is stored or about an address, or a body. */
export type ChosenEvent = { event: string; payload: string };

const samples = new Map<string, Promise<string>>();

/**
 * What is chosen on the page, for a draft (`json`) of the document `key`. A sample happens where a mapping is
 * about, and a reaction is one that its rules ask for.
 * Null: a sample cannot be had.
 */
export async function chosenEvent(key: string, json: string): Promise<ChosenEvent | null> {
  const chosen = valueOf("event");
  if (chosen === "paste") return { event: "", payload: valueOf("payload") };
  if (chosen === "address") return { event: valueOf("address"), payload: "" };
  if (!chosen.startsWith("sample:")) return { event: chosen, payload: "" };
  try {
    return {
      event: "",
      payload: happeningFor(await sample(chosen.slice("sample:".length)), key, json),
    };
  } catch {
    return null;
  }
}

/** The body of a sample, as it was recorded. */
export async function sample(name: string): Promise<string> {
  const asked = samples.get(name) ?? ask(name);
  samples.set(name, asked);
  return await asked;
}

async function ask(name: string): Promise<string> {
  const answer = await fetch(`/console/samples/${name}.json`);
  if (answer.ok) return await answer.text();
  samples.delete(name);
  throw new Error(`There is no sample ${name}.`);
}

type Body = {
  project?: { path_with_namespace?: string };
  event?: { channel?: string; reaction?: string; item?: { channel?: string } };
};

function happeningFor(body: string, key: string, json: string): string {
  const { project, event } = JSON.parse(body) as Body;
  const [, source, place = "*"] = /^mapping\/(gitlab|slack)\/(.+)$/.exec(key) ?? [];
  const recorded =
    source === "slack" ? (event?.channel ?? event?.item?.channel) : project?.path_with_namespace;
  const isSomewhere = recorded !== undefined && place !== "*" && !place.endsWith("/");
  const there = isSomewhere ? body.replaceAll(recorded, place) : body;
  const emoji = /"reaction\.([\w+-]+)"/.exec(json)?.[1];
  return event?.reaction === undefined || emoji === undefined
    ? there
    : there.replace(`"${event.reaction}"`, `"${emoji}"`);
}

function valueOf(id: string): string {
  const field = document.getElementById(id);
  return field instanceof HTMLInputElement ||
    field instanceof HTMLTextAreaElement ||
    field instanceof HTMLSelectElement
    ? field.value
    : "";
}
