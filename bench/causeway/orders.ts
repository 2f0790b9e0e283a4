import type { Server } from "../processes/start-workerd.ts";
import type { Counts } from "./counts.ts";

/** What the counting build can be told, besides what every Causeway answers. */
export async function order<T>(
  server: Server,
  name: "bytes" | "ring" | "stop",
  relay: string,
): Promise<T> {
  return await ask(server, name, { relay });
}

/** The sums since the server started. */
export async function countsOf(server: Server): Promise<Counts> {
  return await ask(server, "counts", {});
}

/** Makes the server believe that so much time has passed. */
export async function passTime(server: Server, ms: number): Promise<void> {
  await ask(server, "later", { ms: String(ms) });
}

async function ask<T>(server: Server, name: string, given: Record<string, string>): Promise<T> {
  const query = new URLSearchParams(given).toString();
  const answer = await fetch(`http://127.0.0.1:${server.port}/bench/${name}?${query}`);
  if (!answer.ok) throw new Error(`The counting build answered ${name} with ${answer.status}.`);
  return (await answer.json()) as T;
}
