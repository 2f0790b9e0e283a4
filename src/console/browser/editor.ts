import { editDocument } from "./editor/edit-document.ts";
import { nameDocument } from "./editor/name-document.ts";

const place = document.getElementById("editor");
const form = place?.closest("form");
if (place !== null && form != null) {
  editDocument(form, place);
  nameDocument(form);
}
