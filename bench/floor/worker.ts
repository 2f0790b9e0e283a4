import { DurableObject } from "cloudflare:workers";

type Env = { FLOOR: DurableObjectNamespace<Floor>; TOKEN: string; SLACK_URL: string };
type Message = { text: string };

/** Workers wait with a seventh fetch of one invocation until one of six has ended. */
const OPEN_CONNECTIONS = 6;

/**
 * The durable floor: the least that is honest. Compare a token, parse the body, commit one row,
 * answer, send one request to Slack, mark the row done. No dedupe, no rules, no retries, no order.
 */
export default {
  async fetch(request, env) {
    const given = request.headers.get("x-gitlab-token") ?? "";
    if (!sameSecret(given, env.TOKEN)) return new Response(null, { status: 401 });
    const body = await request.text();
    const event = JSON.parse(body) as { object_attributes: { title: string; url: string } };
    const { title, url } = event.object_attributes;
    const id = await env.FLOOR.getByName("floor").accept(body, { text: `${title} ${url}` });
    return Response.json({ id, status: "accepted" }, { status: 202 });
  },
} satisfies ExportedHandler<Env>;

/** One row for each event; sends what it has stored, at most six at a time. */
export class Floor extends DurableObject<Env> {
  readonly #waiting: { id: number; message: Message }[] = [];
  #sending = 0;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    ctx.storage.sql.exec(
      "CREATE TABLE IF NOT EXISTS events (id INTEGER PRIMARY KEY, body TEXT, done INTEGER)",
    );
  }

  /** The answer leaves the object only after the row is on disk (the platform's output gate). */
  accept(body: string, message: Message): number {
    const { id } = this.ctx.storage.sql
      .exec<{ id: number }>("INSERT INTO events (body, done) VALUES (?, 0) RETURNING id", body)
      .one();
    this.#waiting.push({ id, message });
    if (this.#sending < OPEN_CONNECTIONS) this.ctx.waitUntil(this.#send());
    return id;
  }

  async #send(): Promise<void> {
    this.#sending += 1;
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      const answer = await fetch(this.env.SLACK_URL, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(next.message),
      });
      await answer.text();
      this.ctx.storage.sql.exec("UPDATE events SET done = 1 WHERE id = ?", next.id);
    }
    this.#sending -= 1;
  }
}

function sameSecret(given: string, expected: string): boolean {
  const encoder = new TextEncoder();
  const [a, b] = [encoder.encode(given), encoder.encode(expected)];
  return a.byteLength === b.byteLength && crypto.subtle.timingSafeEqual(a, b);
}
