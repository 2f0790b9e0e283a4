import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

/** The editor in the console's colours, light and dark. */
export const LOOK: Extension = [
  EditorView.theme({
    "&": { fontSize: "13px", backgroundColor: "light-dark(#fff, #15181b)", color: "var(--ink)" },
    "&.cm-focused": { outline: "2px solid var(--link)", outlineOffset: "1px" },
    ".cm-content": { fontFamily: "var(--mono)", caretColor: "var(--ink)", padding: "8px 0" },
    ".cm-cursor, .cm-dropCursor": { borderLeftColor: "var(--ink)" },
    "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground":
      { backgroundColor: "light-dark(#cfe3f8, #264a6e)" },
    ".cm-gutters": { backgroundColor: "var(--sunken)", color: "var(--soft)", border: "none" },
    ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "light-dark(#0000000a, #ffffff0d)" },
    ".cm-matchingBracket": { backgroundColor: "light-dark(#d5ebe9, #1d4a46)" },
    "& .cm-specialChar": { color: "var(--bad)" },
    ".cm-tooltip": {
      backgroundColor: "var(--raised)",
      color: "var(--ink)",
      border: "1px solid var(--line)",
      borderRadius: "6px",
      maxWidth: "min(90vw, 480px)",
    },
    ".cm-tooltip-autocomplete > ul > li[aria-selected]": {
      backgroundColor: "light-dark(#0f6b66, #1d756f)",
      color: "#fff",
    },
    ".cm-tooltip-autocomplete > ul > li[aria-selected] .cm-completionDetail": { color: "#fff" },
    ".cm-completionDetail": { color: "var(--soft)", fontStyle: "normal" },
    ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700" },
    ".cm-completionInfo": { padding: "6px 10px", fontSize: "13px" },
    ".cm-panels": { backgroundColor: "var(--sunken)", color: "var(--ink)" },
    ".cm-panels.cm-panels-top": { borderBottom: "1px solid var(--line)" },
    ".cm-panel label": { color: "var(--ink)" },
    ".cm-textfield": {
      backgroundColor: "light-dark(#fff, #15181b)",
      color: "var(--ink)",
      border: "1px solid light-dark(#8b959f, #65707b)",
    },
    ".cm-button": {
      backgroundImage: "none",
      backgroundColor: "var(--raised)",
      color: "var(--ink)",
      border: "1px solid var(--line)",
    },
    ".cm-panel.cm-search [name=close]": { color: "var(--ink)", padding: "0 6px" },
    ".cm-searchMatch": { backgroundColor: "light-dark(#ffe9a8, #5b4a12)" },
    ".cm-diagnostic": { padding: "4px 10px" },
  }),
  syntaxHighlighting(
    HighlightStyle.define([
      {
        tag: [tags.propertyName, tags.definition(tags.propertyName)],
        color: "light-dark(#0a5fb4, #82bdf7)",
      },
      { tag: [tags.string, tags.special(tags.string)], color: "light-dark(#8a3b12, #f0b48a)" },
      { tag: [tags.content, tags.literal], color: "var(--ink)" },
      { tag: tags.comment, color: "var(--soft)", fontStyle: "italic" },
      { tag: [tags.keyword, tags.attributeValue], color: "light-dark(#7a3e9d, #d3a6f0)" },
      {
        tag: [tags.punctuation, tags.separator, tags.squareBracket, tags.brace],
        color: "var(--soft)",
      },
    ]),
  ),
];
