import { sampleBody, type SampleOptions } from "../../sandbox/sample-delivery.ts";
import type { Context } from "../context.ts";
import { readBody } from "../simulation/read-body.ts";
import { EXIT, Refusal } from "../terminal/refusal.ts";

/**
 * The webhook body that a person names: a file, or one of the recorded ones, with the wished-for changes;
 * made anew at each call. Throws a {@link Refusal} when there is none, or it is no body of GitLab's.
 */
export function bodyToSend(context: Context, named: string): (changes: SampleOptions) => string {
  const text = new TextDecoder().decode(readBody(context, named).body);
  if (!isObject(text)) throw notABody(named, "it is not a JSON object");
  return (changes) => {
    try {
      return sampleBody(text, changes);
    } catch {
      throw notABody(named, "it does not look like what GitLab sends");
    }
  };
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

function notABody(named: string, why: string): Refusal {
  return new Refusal("bad_body", `${named} is no body of a webhook: ${why}.`, EXIT.usage);
}
