import { syntaxTree } from "@codemirror/language";
import type { EditorView } from "@codemirror/view";
import { afterAPause } from "./after-a-pause.ts";
import { asker } from "./ask.ts";
import { createEditor } from "./create-editor.ts";
import { goToRule } from "./go-to-rule.ts";
import { counted } from "../../../words/counted.ts";
import { keepDraft, keptDraft, type KeptDraft } from "./keep-draft.ts";
import { offerEvents } from "./offer-events.ts";
import { isNamed } from "./name-document.ts";
import { problemInWords } from "../../../mappings/problem-in-words.ts";
import { readDocument, type WrittenDocument } from "./read-document.ts";
import { sayTaken } from "./say-taken.ts";
import { showPreview } from "./show-preview.ts";
import { showProblems, type Problem } from "./show-problems.ts";
import { chooseSample, startingTextOf } from "./starting-text-of.ts";
import { yamlToEdit } from "./yaml-to-edit.ts";

const PAUSE_MS = 300;
const NAMELESS = "Say first what it is for, at the top.";
/** How the Worker answers `POST /admin/try/check`. */
type Checked = {
  refused: boolean;
  /** Whether a document of this key is published, where the draft is to be a new one. */
  taken: boolean;
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
  const etag = form.querySelector<HTMLInputElement>('input[name="etag"]');
  let given = startingTextOf(key) ?? parent.dataset["yaml"] ?? yamlToEdit(text.value);
  const kept = keptDraft(name);
  // After a refusal the page has what was sent, and the tab how it was written.
  const isSame = kept !== null && jsonOf(kept.yaml) !== null && jsonOf(kept.yaml) === jsonOf(given);
  const initial = isSame ? kept.yaml : given;

  let written: WrittenDocument = readDocument(initial);
  let refusal: string | null = null;
  /** How many errors do not keep it from being published. */
  let errors = 0;
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

  /** The etag of what the text was begun with. */
  function begun(): string {
    return etag?.value ?? "";
  }

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
    const reason = written.json === null ? written.reason : refusal;
    const { length } = written.problems;
    const problems = written.json === null ? length : Number(refusal !== null);
    for (const button of form.querySelectorAll<HTMLButtonElement>(".publish-panel button")) {
      const isPublish = button.id === "publish-button";
      button.disabled = written.json === null || (isPublish && refusal !== null);
    }
    const isDubious = reason === null && errors > 0;
    sayReason(isDubious ? despite(errors, key.value) : reason);
    form.toggleAttribute("data-errors", isDubious);
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
    if (!isNamed(key.value)) {
      refusal = NAMELESS;
      errors = 0;
      sayTaken(key.value, false);
      follow();
      return;
    }
    const asked = await ask({ key: key.value, text: json, alone, etag: begun() });
    if ("stale" in asked || written.json === null) return;
    if ("problem" in asked) {
      showProblems(view, problemList, [{ severity: "warning", message: asked.problem, at: null }]);
      return;
    }
    const { refused, taken, findings } = (await asked.answer.json()) as Checked;
    // It may have changed while the answer came.
    if (written.json !== json) return;
    const { positionOf } = written;
    sayTaken(key.value, taken);
    errors = findings.filter(({ severity }) => severity === "error").length;
    refusal = refused ? `Correct the ${errors > 1 ? `${errors} errors` : "error"} first.` : null;
    follow();
    showProblems(
      view,
      problemList,
      findings.map(({ path, severity, message }) => ({
        severity,
        message: problemInWords({ path, message }, json),
        at: path === "" ? null : positionOf(path),
      })),
    );
  }

  function keep(): void {
    const yaml = view.state.doc.toString();
    const draft = { etag: begun(), yaml, at: Date.now(), sent: null };
    keepDraft(name, yaml === given ? null : draft);
  }

  form.addEventListener("submit", (event) => {
    if (written.json === null) {
      event.preventDefault();
      view.focus();
      return;
    }
    // It may be refused, or the session may have ended.
    const yaml = view.state.doc.toString();
    keepDraft(name, { etag: begun(), yaml, at: Date.now(), sent: key.value });
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
    const begins = startingTextOf(key);
    if (begins !== null && begins !== given) {
      const isUntouched = view.state.doc.toString() === given;
      given = begins;
      if (isUntouched) {
        view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: begins } });
        chooseSample(key);
      }
    }
    check.soon();
    if (name === "playground") preview?.soon();
    else offering.soon();
  });
  if (kept !== null && !isSame && kept.yaml !== given) {
    offerKept(
      kept,
      kept.etag !== begun(),
      (isTaken) => {
        if (!isTaken) {
          keepDraft(name, null);
          return;
        }
        // What others published since is not lost: the Worker asks what becomes of it.
        if (etag !== null) etag.value = kept.etag;
        view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: kept.yaml } });
      },
      view,
    );
  }
  goToRule(view, written);
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

/** What publishing means while there are errors that do not keep a document from it. */
function despite(errors: number, key: string): string {
  const them = errors === 1 ? "this rule" : "these rules";
  const result = key.startsWith("mapping/")
    ? `${them} may send nothing or the wrong words`
    : "it may not do what it says";
  return `${counted(errors, "error")} above: published as it is, ${result}.`;
}

const SAID = "data-said";

/** Says beside the button why it cannot be pressed, or should not; what stood there comes back. */
function sayReason(reason: string | null): void {
  const place = document.getElementById("publish-reason");
  if (place === null) return;
  if (!place.hasAttribute(SAID)) place.setAttribute(SAID, place.textContent);
  const said = reason ?? place.getAttribute(SAID) ?? "";
  if (place.textContent !== said) place.textContent = said;
}

/** Offers a text that was kept in this tab, once; `isBehind`: others published since it was begun. */
function offerKept(
  { at }: KeptDraft,
  isBehind: boolean,
  answer: (isTaken: boolean) => void,
  view: EditorView,
): void {
  const offer = document.getElementById("kept-draft");
  if (offer === null) return;
  const when = offer.querySelector("[data-draft-at]");
  const time = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });
  if (when !== null) when.textContent = `on ${time.format(at)}`;
  offer.querySelector("[data-draft-since]")?.toggleAttribute("hidden", !isBehind);
  offer.hidden = false;
  offer.addEventListener("click", ({ target }) => {
    const chosen = target instanceof HTMLElement ? target.dataset["draft"] : undefined;
    if (chosen === undefined) return;
    answer(chosen === "take");
    offer.hidden = true;
    view.focus();
  });
}
