import {
  isCollection,
  isMap,
  isNode,
  isScalar,
  isSeq,
  parseDocument,
  stringify,
  type Document,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import { isDeepStrictEqual } from "node:util";
import { readYaml } from "../../folder/read-yaml.ts";
import { isObject, type Json, type JsonObject } from "../../json.ts";

const LAYOUT = { lineWidth: 100, flowCollectionPadding: false } as const;

/** A JSON document as a new YAML file. */
export function freshYaml(json: Json): string {
  return stringify(json, LAYOUT);
}

/**
 * A YAML file changed to say `json`, with the comments, the order and the spelling of what stays. What
 * cannot be changed in place (anchors, a file that is no YAML) is written anew.
 */
export function editYaml(source: string, json: Json): string {
  const read = readYaml(source);
  if (!read.ok) return freshYaml(json);
  if (isDeepStrictEqual(read.json, json)) return source;
  const document = parseDocument(source);
  const contents = changed(document, document.contents, json);
  document.contents = contents as typeof document.contents;
  const edited = document.toString(LAYOUT);
  const reread = readYaml(edited);
  return reread.ok && isDeepStrictEqual(reread.json, json) ? edited : freshYaml(json);
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
  const [from, to] = [node, fresh] as { comment?: string; commentBefore?: string }[];
  if (isScalar(node) || isCollection(node)) {
    if (from?.commentBefore !== undefined && to !== undefined)
      to.commentBefore = from.commentBefore;
  }
  return fresh;
}

function changedMap(document: Document, map: YAMLMap, json: JsonObject): YAMLMap {
  const nameOf = ({ key }: Pair): string => String(isScalar(key) ? key.value : key);
  map.items = map.items.filter((pair) => Object.hasOwn(json, nameOf(pair)));
  for (const [name, value] of Object.entries(json)) {
    const pair = map.items.find((each) => nameOf(each) === name);
    if (pair === undefined) map.add(document.createPair(name, value));
    else pair.value = changed(document, pair.value, value);
  }
  return map;
}

/** Items go along with their comments: what has the same name, or says the same, is the same item. */
function changedList(document: Document, list: YAMLSeq, json: Json[]): YAMLSeq {
  const [first] = list.items;
  // What stands above the first item is kept by the list; it is about the item, and goes along with it.
  if (isNode(first) && list.commentBefore != null && first.commentBefore == null) {
    first.commentBefore = list.commentBefore;
    list.commentBefore = null;
  }
  const old = list.items.map((node) => ({ node, json: jsonOf(document, node), taken: false }));
  const take = (isIt: (was: Json) => boolean): unknown => {
    const found = old.find((each) => !each.taken && isIt(each.json));
    if (found !== undefined) found.taken = true;
    return found?.node;
  };
  const exact = json.map((item) => take((was) => isDeepStrictEqual(was, item)));
  const named = json.map(
    (item, index) => exact[index] ?? take((was) => isObject(item) && isSameThing(was, item)),
  );
  list.items = json.map((item, index) => {
    const node = named[index];
    return node === undefined ? document.createNode(item) : changed(document, node, item);
  });
  const [leader] = list.items;
  if (isNode(leader)) leader.spaceBefore = false;
  return list;
}

function isSameThing(was: Json, is: JsonObject): boolean {
  return isObject(was) && typeof is["name"] === "string" && was["name"] === is["name"];
}

function jsonOf(document: Document, node: unknown): Json {
  if (isCollection(node)) return node.toJS(document) as Json;
  return isScalar(node) ? (node.value as Json) : null;
}
