const MIB = 1024 * 1024;
/** The largest body that is taken, the largest that is parsed whole, and one whose every bracket is. */
const SIZES = { "25 MiB": 25 * MIB, "4 MiB": 4 * MIB, "180 kB": 180_000 };

/** A body that is much of the same: `open` as often as there is room, and `close` as often behind it. */
export type Bomb = {
  name: string;
  size: number;
  start: string;
  open: string;
  close: string;
  end: string;
  isReadable: boolean;
};

const OPEN = '{"object_kind":"issue","object_attributes":{"action":"open"},"x":';

/** Bodies made to take more memory, or more of the stack, than there is. */
export const BOMBS: Bomb[] = Object.entries(SIZES).flatMap(([sized, size]) => {
  const readable = (name: string, start: string, open: string, end: string, close = ""): Bomb => ({
    name: `${sized} of ${name}`,
    size,
    start: OPEN + start,
    open,
    close,
    end,
    isReadable: true,
  });
  const unreadable = (name: string, start: string, open: string): Bomb => ({
    ...readable(name, "", open, ""),
    start,
    isReadable: false,
  });
  return [
    unreadable("opening brackets", "", "["),
    unreadable("opening braces with keys", "", '{"a":'),
    unreadable("brackets inside an object", OPEN, "["),
    unreadable("backslashes", `${OPEN}"`, "\\"),
    unreadable("zeros", "", "0"),
    unreadable("bytes beyond ASCII", "", "\u00ff"),
    readable("lists in each other", "", "[", "}", "]"),
    readable("objects in each other", "", '{"a":', "}", "}"),
    readable("one text", '"', "x", '"}'),
    readable("one text of escapes", '"', "\\n", '"}'),
    readable("one text beyond Latin", '"', "引", '"}'),
    readable("numbers", "[", "1,", "1]}"),
    readable("empty texts", "[", '"",', "1]}"),
    readable("empty lists", "[", "[],", "1]}"),
    readable("empty objects", "[", "{},", "1]}"),
    readable("small objects", "[", '{"a":0},', "1]}"),
    readable("members of one key", "{", '"k":1,', '"z":0}}'),
    readable("white space", "", " ", "1}"),
  ];
});

/** The body; where it does not come out even there is white space before its end. */
export function bodyOf({ size, start, open, close, end }: Bomb): Buffer {
  const [from, to] = [Buffer.byteLength(start), size - Buffer.byteLength(end)];
  const [width, closeWidth] = [Buffer.byteLength(open), Buffer.byteLength(close)];
  const times = Math.floor((to - from - 1) / (width + closeWidth));
  const middle = from + times * width;
  const body = Buffer.alloc(size, " ");
  body.write(start, 0);
  body.fill(open, from, middle);
  if (close !== "") {
    // An innermost list is empty; an innermost object needs a value.
    if (open.endsWith(":")) body.write("0", middle);
    body.fill(close, middle + 1, middle + 1 + times * closeWidth);
  }
  body.write(end, to);
  return body;
}
