import { describe, expect, it } from "vitest";
import { readInHalves } from "../../src/read-in-halves.ts";

const KEYS = Array.from({ length: 11 }, (_, n) => `k${n}`);

/** Reads by `read`, and says what came and how often it was asked. */
async function all(
  read: (keys: string[]) => string[],
  keys = KEYS,
): Promise<{ found: string[]; asked: number }> {
  const found: string[] = [];
  let asked = 0;
  const reads = readInHalves(keys, async (some) => {
    asked += 1;
    return read(some);
  });
  for await (const some of reads) found.push(...some);
  return { found, asked };
}

describe("a read of many keys", () => {
  it("is one when KV gives them, and none for none", async () => {
    expect(await all((keys) => keys)).toEqual({ found: KEYS, asked: 1 });
    expect(await all((keys) => keys, [])).toEqual({ found: [], asked: 0 });
  });

  it("is several, in the order of the keys, when they are too much for one", async () => {
    const { found } = await all((keys) => {
      if (keys.length > 3) throw new Error("KV GET_BULK failed: 413");
      return keys;
    });
    expect(found).toEqual(KEYS);
  });

  it("is given up after two when KV is not there", async () => {
    let asked = 0;
    const failing = all(() => {
      asked += 1;
      throw new Error("KV GET failed: 500");
    });
    await expect(failing).rejects.toThrow("KV GET failed: 500");
    expect(asked).toBe(2);
  });

  it("fails when one of them cannot be read", async () => {
    const failing = all((keys) => {
      if (keys.includes("k7")) throw new Error("KV GET failed: 500");
      return keys;
    });
    await expect(failing).rejects.toThrow("500");
  });
});
