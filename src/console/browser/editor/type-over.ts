import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

/**
 * Text that replaces a selection is put in by the editor. Chromium would give it the look of what was
 * there, in a style attribute, which the page's policy refuses and complains about.
 */
export const TYPE_OVER: Extension = EditorView.domEventHandlers({
  beforeinput({ inputType, data, isComposing }, view) {
    // A single bracket or quote goes around what is selected.
    const isText = inputType === "insertText" && data !== null && /^[\w ]$|../s.test(data);
    if (!isText || isComposing || view.state.selection.main.empty) return false;
    view.dispatch(view.state.replaceSelection(data), {
      userEvent: "input.type",
      scrollIntoView: true,
    });
    return true;
  },
});
