import { replaceMethod } from "../../../bench/causeway/replace-method.ts";

const RealDate = Date;
let aheadMs = 0;

class ShiftedDate extends RealDate {
  constructor(...given: [] | [number | string | Date]) {
    super(...((given.length === 0 ? [ShiftedDate.now()] : given) as [number]));
  }

  static override now(): number {
    return RealDate.now() + aheadMs;
  }
}
globalThis.Date = ShiftedDate as unknown as DateConstructor;

/** Lets the isolate's clock jump: from now on it is so many ms ahead of the machine's. */
export function setClock(ms: number): void {
  aheadMs = ms;
}

let shifted = false;

/** Alarms go by the machine's clock: what the Worker asks for is translated, once for all objects. */
export function shiftAlarms(storage: DurableObjectStorage): void {
  if (shifted) return;
  shifted = true;
  const prototype = Object.getPrototypeOf(storage) as DurableObjectStorage;
  replaceMethod(prototype, "setAlarm", (setAlarm, [at, ...options]) =>
    setAlarm(Number(at) - aheadMs, ...options),
  );
  replaceMethod(prototype, "getAlarm", async (getAlarm, options) => {
    const at = (await getAlarm(...options)) as number | null;
    return at === null ? null : at + aheadMs;
  });
}
