import { runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { migrate } from "../../src/relay/schema.ts";
import { createWorld, endWorld, relay } from "../world.ts";

const FIRST = "CREATE TABLE things (name TEXT); INSERT INTO things VALUES ('kept');";
const SECOND = "ALTER TABLE things ADD COLUMN colour TEXT DEFAULT 'blue';";

describe("migrations", () => {
  beforeEach(async () => {
    await createWorld();
  });
  afterEach(endWorld);

  /** Runs in a Relay's own storage, as if nothing had been there. */
  async function inStorage<T>(run: (storage: DurableObjectStorage) => T): Promise<T> {
    return await runInDurableObject(relay("gitlab/schema"), (_instance, { storage }) => {
      storage.sql.exec("DELETE FROM migrations");
      return run(storage);
    });
  }

  it("run once each, in order, and keep what is stored", async () => {
    const rows = await inStorage((storage) => {
      migrate(storage, [FIRST]);
      migrate(storage, [FIRST]);
      migrate(storage, [FIRST, SECOND]);
      migrate(storage, [FIRST, SECOND]);
      return storage.sql.exec("SELECT name, colour FROM things").toArray();
    });
    expect(rows).toEqual([{ name: "kept", colour: "blue" }]);
  });

  it("that fail leave the version before, whole", async () => {
    const state = await inStorage((storage) => {
      migrate(storage, [FIRST]);
      expect(() => migrate(storage, [FIRST, `${SECOND} SELECT nonsense FROM nowhere;`])).toThrow(
        "nowhere",
      );
      const { version } = storage.sql
        .exec<{ version: number }>("SELECT max(version) AS version FROM migrations")
        .one();
      return { version, columns: storage.sql.exec("SELECT * FROM things").columnNames };
    });
    expect(state).toEqual({ version: 1, columns: ["name"] });
  });
});
