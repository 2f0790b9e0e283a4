/** Puts a function in the place of a method; it is given the original, bound to the object it is called on. */
export function replaceMethod<T extends object>(
  owner: T,
  name: keyof T & string,
  replacement: (original: (...given: unknown[]) => unknown, given: unknown[]) => unknown,
): void {
  const original = owner[name] as (...given: unknown[]) => unknown;
  Object.defineProperty(owner, name, {
    configurable: true,
    value(this: T, ...given: unknown[]): unknown {
      return replacement(original.bind(this), given);
    },
  });
}
