import { describe, expect, it } from "vitest";
import { Remembered } from "../../src/relay/remembered.ts";

describe("a figure that costs rows", () => {
  function counting(rows: number) {
    let asked = 0;
    const figure = new Remembered(() => ({ value: (asked += 1), rows }));
    return { figure, asked: () => asked };
  }

  it("is worked out as often as a thousand rows a minute allow", () => {
    const { figure } = counting(5_000);
    expect(figure.at(0)).toBe(1);
    expect(figure.at(5 * 60_000 - 1)).toBe(1);
    expect(figure.at(5 * 60_000)).toBe(2);
  });

  it("is worked out at each look while it costs nothing", () => {
    const { figure, asked } = counting(0);
    for (const now of [0, 0, 1]) figure.at(now);
    expect(asked()).toBe(3);
  });

  it("is worked out anew after somebody did something, and after the clock was set back", () => {
    const { figure } = counting(60_000);
    expect(figure.at(10 * 3_600_000)).toBe(1);
    figure.forget();
    expect(figure.at(10 * 3_600_000)).toBe(2);
    expect(figure.at(0)).toBe(3);
  });
});
