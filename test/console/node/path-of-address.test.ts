import { expect, it } from "vitest";
import { pathOfAddress } from "../../../src/console/browser/editor/path-of-address.ts";

it.for<[address: string, path: string | null]>([
  ["https://gitlab.example.com/acme/widgets/-/issues", "acme/widgets"],
  ["https://gitlab.example.com/acme/widgets/-/issues/12?sort=x#note_1", "acme/widgets"],
  ["https://gitlab.example.com/acme/widgets/", "acme/widgets"],
  ["http://gitlab.example.com/acme/widgets.git", "acme/widgets"],
  ["https://gitlab.example.com/groups/acme/tools/-/epics", "acme/tools"],
  ["https://gitlab.example.com/groups/acme", "acme"],
  ["https://gitlab.example.com/", null],
  ["https://", null],
  ["acme/widgets", null],
])("%s is of %s", ([address, path]) => {
  expect(pathOfAddress(address)).toBe(path);
});
