import type * as z from "zod/mini";

/**
 * Holds a schema to a type: it compiles only where each takes what the other does, so that neither is
 * changed without the other. Only an optional field that the type has lost is not seen.
 * `describing<EventItem>()(z.strictObject({ … }))`.
 */
export function describing<T>() {
  return <S extends z.ZodMiniType<T>>(schema: T extends z.infer<S> ? S : never): S => schema;
}
