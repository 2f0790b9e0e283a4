import { expect, it } from "vitest";
import { oneLine } from "../../src/words/one-line.ts";

it("lets nobody's title move the cursor, colour the terminal or turn the text around", () => {
  expect(oneLine("\u001b[31mred\u0007\r\nnext \u202edrawkcab\u009b2J", 80)).toBe(
    "[31mred next  drawkcab 2J",
  );
});

it("is cut at whole characters", () => {
  expect(oneLine("🐢🐢🐢🐢", 3)).toBe("🐢🐢…");
  expect(oneLine("🐢🐢🐢", 3)).toBe("🐢🐢🐢");
});
