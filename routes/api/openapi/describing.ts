import type * as z from "zod/mini";

/**
 * Holds a schema to a type: it compiles only where the two are the same, so that neither is changed
 * without the other. `describing<EventItem>()(z.strictObject({ … }))`.
 */
export function describing<T>() {
  return <S extends z.ZodMiniType<T>>(schema: T extends z.infer<S> ? S : never): S => schema;
}
