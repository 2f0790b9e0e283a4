import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import { bracketMatching, indentOnInput, indentUnit } from "@codemirror/language";
import { lintGutter } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { EditorState } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { completion } from "./complete.ts";
import { LOOK } from "./look.ts";
import { TYPE_OVER } from "./type-over.ts";

type Options = {
  parent: HTMLElement;
  text: string;
  /** The key of the document, as it is now. */
  keyOf: () => string;
  /** Called whenever the text has changed. */
  onChange: () => void;
  /** Called for Ctrl-S. */
  onSave: () => void;
};

/** Makes an editor for YAML. Its styles carry the page's nonce, so that the policy lets them in. */
export function createEditor({ parent, text, keyOf, onChange, onSave }: Options): EditorView {
  const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? "";
  const save = (): boolean => {
    onSave();
    return true;
  };
  return new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        EditorView.cspNonce.of(nonce),
        EditorView.contentAttributes.of({
          "aria-label": "The document, as YAML",
          "aria-describedby": "editor-keys",
          // What scrolls must be reached with Tab; that it can be edited does not tell everybody.
          tabindex: "0",
        }),
        lineNumbers(),
        lintGutter(),
        history(),
        drawSelection(),
        highlightActiveLine(),
        highlightActiveLineGutter(),
        // What nobody sees could make a rule look like another one.
        highlightSpecialChars(),
        EditorView.lineWrapping,
        yaml(),
        indentUnit.of("  "),
        indentOnInput(),
        bracketMatching(),
        closeBrackets(),
        search({ top: true }),
        highlightSelectionMatches(),
        autocompletion({ override: [completion(keyOf)], icons: false }),
        keymap.of([
          { key: "Mod-s", preventDefault: true, run: save },
          ...closeBracketsKeymap,
          ...completionKeymap,
          ...searchKeymap,
          ...historyKeymap,
          ...defaultKeymap,
          indentWithTab,
        ]),
        EditorView.updateListener.of(({ docChanged }) => {
          if (docChanged) onChange();
        }),
        TYPE_OVER,
        LOOK,
      ],
    }),
  });
}
