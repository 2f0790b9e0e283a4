import {
  isCollection,
  isMap,
  isNode,
  isScalar,
  isSeq,
  parseDocument,
  visit,
  type Document,
  type Node,
  type Pair,
  type ToStringOptions,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import { isDeepStrictEqual } from "node:util";
import { isObject, type Json, type JsonObject } from "../json.ts";
import { freshYaml, LAYOUT } from "./fresh-yaml.ts";
import { readYaml } from "./read-yaml.ts";

/** How people lay YAML out. */
const LAYOUTS: ToStringOptions[] = [100, 0, 80, 120].flatMap((lineWidth) =>
  [false, true].flatMap((flowCollectionPadding) =>
    [true, false].map((indentSeq) => ({ lineWidth, flowCollectionPadding, indentSeq })),
  ),
);

/**
 * A YAML file changed to say `json`, with the comments, the order and the spelling of what stays. What
 * cannot be changed in place (anchors, a file that is no YAML) is written anew, below the comments that
 * it begins with.
 */
export function editYaml(source: string, json: Json): string {
  const anew = (/^(?:[ \t]*(?:#.*)?\r?\n)+/.exec(source)?.[0] ?? "") + freshYaml(json);
  const read = readYaml(source);
  if (!read.ok) return anew;
  if (isDeepStrictEqual(read.json, json)) return source;
  const document = parseDocument(source);
  const contents = changed(document, document.contents, json);
  document.contents = contents as typeof document.contents;
  const edited = document.toString(layoutOf(source));
  const reread = readYaml(edited);
  return reread.ok && isDeepStrictEqual(reread.json, json) ? edited : anew;
}

/** The layout in which a file is written again as it is, or nearly so. */
function layoutOf(source: string): ToStringOptions {
  const document = parseDocument(source);
  const lines = new Set(source.split("\n"));
  let [best, fewest] = [LAYOUT, Infinity];
  for (const layout of LAYOUTS) {
    const others = document.toString(layout).split("\n");
    const differing = others.filter((line) => !lines.has(line)).length;
    if (differing < fewest) [best, fewest] = [layout, differing];
  }
  return best;
}

/** The node that says `json`: the same one, changed, where that is possible. */
function changed(document: Document, node: unknown, json: Json): unknown {
  if (isMap(node) && isObject(json)) return changedMap(document, node, json);
  if (isSeq(node) && Array.isArray(json)) return changedList(document, node, json);
  if (isScalar(node) && !isObject(json) && !Array.isArray(json)) {
    if (node.value === json) return node;
    node.value = json;
    // Its spelling was the old value's.
    delete node.source;
    delete node.format;
    return node;
  }
  const fresh = document.createNode(json);
  const said = isNode(node) ? commentsIn(node) : [];
  if (said.length === 0) return fresh;
  // A comment behind a list or a map would stand below it.
  const [only] = said;
  if (isScalar(fresh) && said.length === 1) fresh.comment = only ?? null;
  else if (isNode(fresh)) fresh.commentBefore = said.join("\n");
  return fresh;
}

function commentsIn(node: Node): string[] {
  const said: string[] = [];
  visit(node, {
    Node: (_key, { commentBefore, comment }) => {
      for (const each of [commentBefore, comment]) if (each != null) said.push(...lines(each));
    },
  });
  return said;
}

function lines(comment: string): string[] {
  return comment.split("\n").filter((line) => line !== "");
}

function changedMap(document: Document, map: YAMLMap, json: JsonObject): YAMLMap {
  const nameOf = ({ key }: Pair): string => String(isScalar(key) ? key.value : key);
  const [first] = map.items;
  map.items = map.items.filter((pair) => Object.hasOwn(json, nameOf(pair)));
  for (const [name, value] of Object.entries(json)) {
    const pair = map.items.find((each) => nameOf(each) === name);
    if (pair === undefined) map.add(document.createPair(name, value));
    else pair.value = changed(document, pair.value, value);
  }
  if (map === document.contents && first !== undefined && !map.items.includes(first)) {
    keepHead(document, map, first);
  }
  return map;
}

/** What a file begins with stands at its first key, and stays when that goes. */
function keepHead(document: Document, map: YAMLMap, { key }: Pair): void {
  const said = isNode(key) ? key.commentBefore : null;
  if (said == null) return;
  const { head, rest } = parted(said);
  const kept = head === "" ? rest : head;
  const leader: unknown = map.items[0]?.key;
  if (isNode(leader)) {
    leader.spaceBefore = false;
    leader.commentBefore = [
      kept,
      ...(leader.commentBefore == null ? [] : [leader.commentBefore]),
    ].join(head === "" ? "\n" : "\n\n");
  } else {
    document.commentBefore = kept;
  }
}

/** A comment, parted at its last empty line: what is about all that follows, and about what comes next. */
function parted(comment: string): { head: string; rest: string } {
  const at = comment.lastIndexOf("\n\n");
  return at === -1
    ? { head: "", rest: comment }
    : { head: comment.slice(0, at), rest: comment.slice(at + 2) };
}

/**
 * Items go along with their comments: what says the same, has the same name, says the same under
 * another name or, in a list of the same length, stands in the same place, is the same item.
 */
function changedList(document: Document, list: YAMLSeq, json: Json[]): YAMLSeq {
  const [first] = list.items;
  // What stands above the first item is kept by the list; it is about the item, and goes along with it.
  if (isNode(first) && list.commentBefore != null && first.commentBefore == null) {
    const { head, rest } = parted(list.commentBefore);
    first.commentBefore = rest;
    list.commentBefore = head === "" ? null : head;
  }
  const old = list.items.map((node) => ({ node, json: jsonOf(document, node), taken: false }));
  const names = new Set(json.map(nameIn));
  const gone = ({ json: was }: (typeof old)[number]): boolean => !names.has(nameIn(was));
  const take = (isIt: (each: (typeof old)[number]) => boolean): unknown => {
    const found = old.find((each) => !each.taken && isIt(each));
    if (found !== undefined) found.taken = true;
    return found?.node;
  };
  const found: unknown[] = json.map((item) => take((each) => isDeepStrictEqual(each.json, item)));
  const pairBy = (isIt: (each: (typeof old)[number], item: Json, at: number) => boolean): void => {
    for (const [at, item] of json.entries()) {
      if (nameIn(item) !== null) found[at] ??= take((each) => isIt(each, item, at));
    }
  };
  pairBy((each, item) => nameIn(each.json) === nameIn(item));
  pairBy((each, item) => gone(each) && isDeepStrictEqual(unnamed(each.json), unnamed(item)));
  if (old.length === json.length) {
    pairBy((each, _item, at) => nameIn(each.json) !== null && gone(each) && old[at] === each);
  }
  list.items = json.map((item, at) => {
    const node = found[at];
    return node === undefined ? document.createNode(item) : changed(document, node, item);
  });
  const [leader] = list.items;
  if (isNode(leader)) leader.spaceBefore = list.commentBefore != null;
  return list;
}

function nameIn(json: Json): string | null {
  return isObject(json) && typeof json["name"] === "string" ? json["name"] : null;
}

function unnamed(json: Json): Json {
  return isObject(json) ? { ...json, name: "" } : json;
}

function jsonOf(document: Document, node: unknown): Json {
  if (isCollection(node)) return node.toJS(document) as Json;
  return isScalar(node) ? (node.value as Json) : null;
}
