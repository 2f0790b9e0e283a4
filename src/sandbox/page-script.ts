/**
 * The page's own code, served as it is. The server renders; this only asks for the page again when something changed, and
 * puts the parts in place, so that messages are escaped in one place only.
 */
export const SCRIPT = /* js */ `
const PARTS = ["channels", "title", "messages", "fault-state", "requests"];
const part = (id, root = document) => root.getElementById(id);
const live = part("live");
const messages = part("messages");
const served = Object.fromEntries(PARTS.map((id) => [id, part(id).innerHTML]));
let refreshing = false;
let again = false;

async function refresh() {
  if (refreshing) { again = true; return; }
  refreshing = true;
  try {
    const answer = await fetch(location.href);
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const atEnd = messages.scrollHeight - messages.scrollTop - messages.clientHeight < 80;
    const known = new Set([...messages.querySelectorAll("article")].map((each) => each.id));
    const focused = keyOf(document.activeElement);
    const typed = document.activeElement?.value;
    const open = [...document.querySelectorAll("details[open]")].map((each) => each.dataset.key);
    for (const id of PARTS) {
      const { innerHTML } = part(id, fresh);
      if (innerHTML !== served[id]) part(id).innerHTML = served[id] = innerHTML;
    }
    document.title = fresh.title;
    if (focused !== undefined && keyOf(document.activeElement) !== focused) {
      const same = [...messages.querySelectorAll("button, input, summary")].find((each) => keyOf(each) === focused);
      // A reaction that was taken back has no pill any more: the focus stays with its message.
      (same ?? part(focused.split(",")[0])?.querySelector("button"))?.focus({ preventScroll: true });
      if (same?.matches("input")) same.value = typed;
    }
    for (const each of document.querySelectorAll("details")) each.open = open.includes(each.dataset.key);
    for (const each of messages.querySelectorAll("article")) if (!known.has(each.id)) each.classList.add("new");
    if (atEnd) messages.scrollTop = messages.scrollHeight;
    markUnread();
    personalise();
  } finally {
    refreshing = false;
    if (again) { again = false; void refresh(); }
  }
}

/** A channel is unread when it has more messages than when it was last looked at in this tab. */
function markUnread() {
  const seen = JSON.parse(sessionStorage.getItem("seen") ?? "{}");
  for (const link of document.querySelectorAll("[data-channel]")) {
    const { channel, count } = link.dataset;
    if (link.hasAttribute("aria-current") || !(channel in seen)) seen[channel] = Number(count);
    link.classList.toggle("unread", Number(count) > seen[channel]);
  }
  sessionStorage.setItem("seen", JSON.stringify(seen));
}

/** What a control of a message is for: after a refresh the same one has the focus. */
function keyOf(control) {
  const message = control?.closest("article");
  if (!message) return undefined;
  const { act, emoji, callback } = control.dataset;
  const { key } = control.closest("details")?.dataset ?? {};
  return [message.id, control.localName, act, emoji, callback, key].join();
}

const you = part("you");
you.value = localStorage.getItem("you");
if (you.selectedIndex < 0) you.selectedIndex = 0;
you.addEventListener("change", () => {
  localStorage.setItem("you", you.value);
  personalise();
});

/** What depends on whom one plays, which the server does not know. */
function personalise() {
  const isYours = (users) => users.split(" ").includes(you.value);
  for (const pill of document.querySelectorAll("[data-users]")) pill.ariaPressed = isYours(pill.dataset.users);
  for (const button of document.querySelectorAll("[data-members]")) {
    button.dataset.act = isYours(button.dataset.members) ? "leave" : "join";
    button.textContent = button.dataset.act === "leave" ? "Leave" : "Join";
  }
}

function post(path, body) {
  const headers = { "content-type": "application/json" };
  return fetch(path, { method: "POST", headers, body: JSON.stringify(body) });
}

async function act(name, more) {
  const channel = document.querySelector("[data-here]").dataset.here;
  // Who acts here stays here, also when the answer comes to another channel.
  if (location.search === "") history.replaceState(null, "", "/?channel=" + channel);
  const answer = await post("/_people/" + name, { user: you.value, channel, ...more });
  part("problem").textContent = answer.ok ? "" : (await answer.json()).error;
  return answer.ok;
}

document.addEventListener("submit", async (event) => {
  event.preventDefault();
  const [field] = event.target.querySelectorAll("input");
  const ts = event.target.closest("article")?.id.slice(1);
  const given = field.value.trim();
  if (given === "") return;
  // Empty before the answer, whose refresh keeps what is typed.
  field.value = "";
  const done = ts === undefined ? act("say", { text: given }) : act("react", { ts, emoji: given.replaceAll(/^:|:$/g, "").toLowerCase() });
  if (!(await done)) field.value = given;
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button");
  // A click elsewhere closes an open menu, as does a choice from it.
  for (const menu of document.querySelectorAll("details.menu[open]")) if (button !== null || !menu.contains(event.target)) menu.open = false;
  if (button === null) return;
  const ts = button.closest("article")?.id.slice(1);
  const { act: name, emoji, callback: callbackId } = button.dataset;
  if (name === "react") await act("react", { ts, emoji });
  if (name === "toggle") await act(button.ariaPressed === "true" ? "unreact" : "react", { ts, emoji });
  if (name === "shortcut") await act("shortcut", { ts, callbackId });
  if (name === "join" || name === "leave") await act(name, {});
  if (button.dataset.delete !== undefined) await fetch(button.dataset.delete, { method: "DELETE" });
  if (button.dataset.fault === undefined) return;
  const on = document.querySelector("[name=on]").value;
  const times = document.querySelector("[name=times]").value;
  const order = { on, fault: button.dataset.fault, ...(times === "" ? {} : { times: Number(times) }) };
  await post("/_faults", order);
});

function say(word) {
  live.textContent = word;
  live.dataset.state = word;
}

const source = new EventSource("/_live");
source.onopen = () => { say("live"); void refresh(); };
source.onmessage = () => void refresh();
source.onerror = () => say("stopped");
messages.scrollTop = messages.scrollHeight;
document.querySelector("nav [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });
markUnread();
personalise();
`;
