import { syntaxTree } from "@codemirror/language";
import type { EditorView } from "@codemirror/view";
import { afterAPause } from "./after-a-pause.ts";
import { asker } from "./ask.ts";
import { createEditor } from "./create-editor.ts";
import { keepDraft, keptDraft } from "./keep-draft.ts";
import { offerEvents } from "./offer-events.ts";
import { readDocument, type WrittenDocument } from "./read-document.ts";
import { showPreview } from "./show-preview.ts";
import { showProblems, type Problem } from "./show-problems.ts";
import { yamlToEdit } from "./yaml-to-edit.ts";

const PAUSE_MS = 300;
/** How the Worker answers `POST /admin/try/check`. */
type Checked = {
  refused: boolean;
  findings: { path: string; severity: "error" | "warning"; message: string }[];
};

/** What the page has for the editor. */
type Parts = {
  form: HTMLFormElement;
  /** Where the editor goes. */
  parent: HTMLElement;
  text: HTMLInputElement;
  key: HTMLInputElement | HTMLSelectElement;
  problemList: HTMLElement;
};

/** Puts the editor in its place on the page, and keeps everything that follows from its text up to date. */
export function editDocument(form: HTMLFormElement, parent: HTMLElement): void {
  const text = form.querySelector<HTMLInputElement>('input[name="text"]');
  const key = form.querySelector<HTMLInputElement | HTMLSelectElement>('[name="key"]');
  const problemList = document.getElementById("problems");
  if (text === null || key === null || problemList === null) return;
  edit({ form, parent, text, key, problemList });
}

function edit({ form, parent, text, key, problemList }: Parts): void {
  const alone = document.getElementById("preview")?.dataset["alone"] ?? "";
  const name = form.dataset["doc"] ?? "";
  const etag = form.querySelector<HTMLInputElement>('input[name="etag"]')?.value ?? "";
  const given = parent.dataset["yaml"] ?? yamlToEdit(text.value);
  const kept = keptDraft(name);
  // After a refusal the page has what was sent, and the tab how it was written.
  const isSame = kept !== null && jsonOf(kept.yaml) !== null && jsonOf(kept.yaml) === jsonOf(given);
  const initial = isSame ? kept.yaml : given;

  let written: WrittenDocument = readDocument(initial);
  let refusal: string | null = null;
  let isLeaving = false;

  const view = createEditor({
    parent,
    text: initial,
    keyOf: () => key.value,
    onChange: changed,
    onSave() {
      keep();
      check.now();
      preview?.now();
    },
  });
  const ask = asker("/admin/try/check");
  const check = afterAPause(PAUSE_MS, () => void askForProblems());
  const offering = afterAPause(PAUSE_MS, () => {
    void offerEvents(key.value).then(() => preview?.now());
  });
  const keeping = afterAPause(PAUSE_MS, keep);
  const preview = showPreview(() => ({ key: key.value, json: written.json }));

  function changed(): void {
    written = readDocument(view.state.doc.toString());
    follow();
    keeping.soon();
    if (written.json === null) showProblems(view, problemList, written.problems.map(unreadable));
    check.soon();
    preview?.soon();
  }

  /** Brings the form to what the text says now. */
  function follow(): void {
    text.value = written.json ?? "";
    const reason = written.json === null ? "The text is not YAML that can be read." : refusal;
    const { length } = written.problems;
    const problems = written.json === null ? length : Number(refusal !== null);
    for (const button of form.querySelectorAll<HTMLButtonElement>(".publish-panel button")) {
      const isPublish = button.id === "publish-button";
      button.disabled = written.json === null || (isPublish && refusal !== null);
    }
    sayReason(reason);
    document.getElementById("comments-note")?.toggleAttribute("hidden", !hasComments(view));
    form.dispatchEvent(
      new CustomEvent("causeway:document", {
        bubbles: true,
        detail: { json: written.json, problems, reason },
      }),
    );
  }

  async function askForProblems(): Promise<void> {
    const { json } = written;
    if (json === null) return;
    const asked = await ask({ key: key.value, text: json, alone });
    if ("stale" in asked || written.json === null) return;
    if ("problem" in asked) {
      showProblems(view, problemList, [{ severity: "warning", message: asked.problem, at: null }]);
      return;
    }
    const { refused, findings } = (await asked.answer.json()) as Checked;
    // It may have changed while the answer came.
    if (written.json !== json) return;
    const { positionOf } = written;
    refusal = refused ? (findings[0]?.message ?? "It cannot be used as it is.") : null;
    follow();
    showProblems(
      view,
      problemList,
      findings.map(({ path, severity, message }) => ({
        severity,
        message: path === "" ? message : `${path}: ${message}`,
        at: path === "" ? null : positionOf(path),
      })),
    );
  }

  function keep(): void {
    const yaml = view.state.doc.toString();
    keepDraft(name, yaml === given ? null : { etag, yaml });
  }

  form.addEventListener("submit", (event) => {
    if (written.json === null) {
      event.preventDefault();
      view.focus();
      return;
    }
    // It may be refused, or the session may have ended.
    keepDraft(name, { etag, yaml: view.state.doc.toString() });
    isLeaving = true;
  });
  // The browser brings a page back as it was left, also one that was sent.
  addEventListener("pageshow", () => {
    isLeaving = false;
  });
  addEventListener("beforeunload", (event) => {
    if (!isLeaving && name !== "playground" && view.state.doc.toString() !== given)
      event.preventDefault();
  });
  key.addEventListener("input", () => {
    check.soon();
    if (name === "playground") preview?.soon();
    else offering.soon();
  });
  offerKept(kept?.yaml ?? null, view, isSame || kept?.yaml === given, () => keepDraft(name, null));
  document.getElementById("editor-keys")?.removeAttribute("hidden");
  follow();
  check.now();
  preview?.now();
}

function jsonOf(yaml: string): string | null {
  return readDocument(yaml).json;
}

function unreadable({ line, column, message }: WrittenDocument["problems"][number]): Problem {
  return { severity: "error", message, at: { line, column } };
}

function hasComments(view: EditorView): boolean {
  let found = false;
  syntaxTree(view.state).iterate({
    enter: ({ name }) => {
      found ||= name === "Comment";
      return !found;
    },
  });
  return found;
}

const SAID = "data-said";

/** Says beside the button why it cannot be pressed; what stood there comes back when it can. */
function sayReason(reason: string | null): void {
  const place = document.getElementById("publish-reason");
  if (place === null) return;
  if (!place.hasAttribute(SAID)) place.setAttribute(SAID, place.textContent);
  const said = reason ?? place.getAttribute(SAID) ?? "";
  if (place.textContent !== said) place.textContent = said;
}

/** Offers a text that was kept in this tab, once. */
function offerKept(
  yaml: string | null,
  view: EditorView,
  isHere: boolean,
  forget: () => void,
): void {
  const offer = document.getElementById("kept-draft");
  if (offer === null || yaml === null || isHere) return;
  offer.hidden = false;
  offer.addEventListener("click", ({ target }) => {
    const chosen = target instanceof HTMLElement ? target.dataset["draft"] : undefined;
    if (chosen === undefined) return;
    if (chosen === "take") {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: yaml } });
    } else {
      forget();
    }
    offer.hidden = true;
    view.focus();
  });
}
