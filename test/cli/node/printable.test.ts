import { expect, it } from "vitest";
import { printable } from "../../../src/cli/operations/printable.ts";

it("lets nobody's title move the cursor, colour the terminal or turn the text around", () => {
  expect(printable("\u001b[31mred\u0007\r\nnext \u202edrawkcab\u009b2J", 80)).toBe(
    "[31mred next  drawkcab 2J",
  );
});

it("is cut at whole characters", () => {
  expect(printable("🐢🐢🐢🐢", 3)).toBe("🐢🐢…");
  expect(printable("🐢🐢🐢", 3)).toBe("🐢🐢🐢");
});
