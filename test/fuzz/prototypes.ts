const BUILT_IN = {
  Object,
  Array,
  Function,
  String,
  Number,
  Boolean,
  Map,
  Set,
  Promise,
  RegExp,
  Error,
};

/** Every property of the prototypes that all objects share, with what it is: to be compared later. */
export function builtInPrototypes(): Record<
  string,
  [PropertyKey, PropertyDescriptor | undefined][]
> {
  return Object.fromEntries(
    Object.entries(BUILT_IN).map(([name, { prototype }]) => [
      name,
      Reflect.ownKeys(prototype).map((key) => [
        key,
        Object.getOwnPropertyDescriptor(prototype, key),
      ]),
    ]),
  );
}
