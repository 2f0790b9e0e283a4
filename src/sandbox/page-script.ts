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
    const open = [...document.querySelectorAll("details[open]")].map((each) => each.dataset.key);
    for (const id of PARTS) {
      const { innerHTML } = part(id, fresh);
      if (innerHTML !== served[id]) part(id).innerHTML = served[id] = innerHTML;
    }
    document.title = fresh.title;
    for (const each of document.querySelectorAll("details")) each.open = open.includes(each.dataset.key);
    for (const each of messages.querySelectorAll("article")) if (!known.has(each.id)) each.classList.add("new");
    if (atEnd) messages.scrollTop = messages.scrollHeight;
    markUnread();
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

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button");
  if (button === null) return;
  if (button.dataset.delete !== undefined) await fetch(button.dataset.delete, { method: "DELETE" });
  if (button.dataset.fault === undefined) return;
  const on = document.querySelector("[name=on]").value;
  const times = document.querySelector("[name=times]").value;
  const order = { on, fault: button.dataset.fault, ...(times === "" ? {} : { times: Number(times) }) };
  await fetch("/_faults", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(order),
  });
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
`;
