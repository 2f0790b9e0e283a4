/** Built-in prototypes that a value of an event has in its chain. */
const PROTOTYPES = [
  Object.prototype,
  Array.prototype,
  String.prototype,
  Number.prototype,
  Function.prototype,
];

/** The name of what {@link withCanary} lets every object inherit, and what stands there. */
export const CANARY = { name: "canary", song: "this was inherited" };

/** What `work` makes of a world in which every object inherits one more text. */
export function withCanary<T>(work: () => T): T {
  const { name, song: value } = CANARY;
  for (const each of PROTOTYPES) Object.defineProperty(each, name, { value, configurable: true });
  try {
    return work();
  } finally {
    for (const each of PROTOTYPES) Reflect.deleteProperty(each, name);
  }
}
