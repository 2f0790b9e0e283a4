import { describe, expect, it, test } from "vitest";
import { LARGE_BODY_BYTES, readPayload } from "../../src/gitlab/read-payload.ts";

function read(text: string): ReturnType<typeof readPayload> {
  return readPayload(new TextEncoder().encode(text));
}

const FRAME = '{"object_kind":"issue","text":""}';

/** A body of exactly `size` bytes. */
function bodyOf(size: number): string {
  return FRAME.replace('""', `"${"x".repeat(size - FRAME.length)}"`);
}

describe("a body", () => {
  it("that is a JSON object is the payload", () => {
    expect(read('{"object_kind":"issue","title":"é👍"}')).toEqual({
      payload: { object_kind: "issue", title: "é👍" },
      large: false,
    });
  });

  it("with a byte order mark is read all the same", () => {
    expect(read('\ufeff{"a":1}')).toEqual({ payload: { a: 1 }, large: false });
  });

  test.for(["", "null", "[]", '"text"', "7", "{", "<html></html>", '{"a":1}x'])(
    "that is %j is unreadable",
    (text) => {
      expect(read(text)).toBeNull();
    },
  );

  it("of bytes that are no text is unreadable", () => {
    expect(readPayload(new Uint8Array([0xff, 0xfe, 0x00, 0x7b]))).toBeNull();
  });

  it("of 4 MiB is kept whole, one byte more is an outline", () => {
    const whole = read(bodyOf(LARGE_BODY_BYTES));
    expect(whole?.large).toBe(false);
    expect(whole?.payload["text"]).toHaveLength(LARGE_BODY_BYTES - FRAME.length);
    const outline = read(bodyOf(LARGE_BODY_BYTES + 1));
    expect(outline).toMatchObject({ large: true, payload: { object_kind: "issue" } });
    expect(outline?.payload["text"]).toMatch(/^x{1900,2100}…$/);
  });

  it("of more lists and objects than GitLab ever sends is an outline too", () => {
    const lists = (count: number) =>
      `{"object_kind":"issue","lists":[${"[],".repeat(count - 2)}0]}`;
    expect(read(lists(100_000))?.large).toBe(false);
    expect(read(lists(100_001))).toMatchObject({ large: true, payload: { object_kind: "issue" } });
  });

  it("of 50,000 objects in each other is read like any other", () => {
    const deep = `{"object_kind":"issue","deep":${'{"a":'.repeat(50_000)}1${"}".repeat(50_000)}}`;
    expect(read(deep)).toMatchObject({ large: false, payload: { object_kind: "issue" } });
  });

  it("that is large and malformed is unreadable", () => {
    expect(read(bodyOf(LARGE_BODY_BYTES + 1).slice(0, -1))).toBeNull();
  });
});
