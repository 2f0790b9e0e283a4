/** The page around the messages (their own is `slack-look.css`), light and dark, from a phone up; nothing is fetched from elsewhere. */
export const STYLE = /* css */ `
:root {
  color-scheme: light dark;
  --page: light-dark(#ffffff, #191b1f);
  --raised: light-dark(#f6f7f9, #212429);
  --line: light-dark(#e3e6ea, #33373e);
  --ink: light-dark(#1c2024, #e3e6ea);
  --soft: light-dark(#616975, #9aa3af);
  --link: light-dark(#0b61c4, #6cb0f5);
  --mark: light-dark(#fff3d1, #4a3d16);
  --bad: light-dark(#b3261e, #ff8a80);
  --good: light-dark(#1a7f4b, #6fd39b);
  --accent: #14746f;
  --side: light-dark(#173a45, #10171b);
  --side-ink: #cfdfe2;
}
* { box-sizing: border-box; margin: 0; }
html, body { height: 100%; }
body {
  display: grid;
  grid-template-columns: 292px minmax(0, 1fr);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif;
  color: var(--ink);
  background: var(--page);
}
a { color: var(--link); text-decoration: none; }
a:hover { text-decoration: underline; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
code, pre, dd, td { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; }

aside { display: flex; flex-direction: column; background: var(--side); color: var(--side-ink); min-height: 0; }
aside header { display: flex; align-items: center; justify-content: space-between; gap: 8px; height: 64px; padding: 0 18px; border-bottom: 1px solid #ffffff1f; color: #fff; }
.live { font-size: 12px; color: var(--side-ink); display: flex; align-items: center; gap: 6px; }
.live::before { content: ""; width: 8px; height: 8px; border-radius: 50%; background: #9aa3af; }
.live[data-state=live]::before { background: #3ccf8e; }
.live[data-state=stopped]::before { background: #ff8a80; }
nav { padding: 12px 10px; overflow: auto; display: grid; grid-template-columns: minmax(0, 1fr); gap: 2px; }
nav a { display: flex; align-items: center; gap: 8px; padding: 5px 10px; border-radius: 7px; color: inherit; white-space: nowrap; }
nav a:hover { background: #ffffff14; text-decoration: none; }
nav a span { flex: 1; overflow: hidden; text-overflow: ellipsis; }
nav a i { opacity: .65; font-style: normal; margin-right: 7px; }
nav a small { font-size: 12px; color: inherit; opacity: .7; }
nav a.unread { color: #fff; font-weight: 700; }
nav a.unread small { background: #e0564b; color: #fff; opacity: 1; border-radius: 10px; padding: 0 7px; }
nav a[aria-current] { background: var(--accent); color: #fff; }

main { display: flex; flex-direction: column; min-width: 0; height: 100dvh; }
main > header { flex: none; display: flex; align-items: center; justify-content: space-between; gap: 12px; min-height: 64px; padding: 10px 24px; border-bottom: 1px solid var(--line); }
h1 { font-size: 18px; line-height: 1.3; }
h1 i { font-style: normal; color: var(--soft); margin-right: 4px; }
main > header p { font-size: 13px; color: var(--soft); }
#messages { flex: 1; overflow: auto; padding: 8px 0 20px; overflow-wrap: anywhere; }
#messages:focus-visible { outline-offset: -2px; }

#messages > h2 { display: flex; align-items: center; margin: 14px 24px 8px; font-size: 13px; font-weight: 600; color: var(--soft); }
#messages > h2::before, #messages > h2::after { content: ""; flex: 1; border-top: 1px solid var(--line); }
#messages > h2 span { padding: 2px 14px; border: 1px solid var(--line); border-radius: 20px; }

article:hover { background: var(--raised); }
article.only { background: var(--raised); }
article.new { animation: arrive 2.5s ease-out; }
@keyframes arrive { from { background: var(--mark); } }
time, small { font-size: 12px; color: var(--soft); }
code { font-size: 12.5px; padding: 1px 5px; border: 1px solid var(--line); border-radius: 5px; background: var(--raised); color: light-dark(#b1304d, #f29bb0); }
pre { font-size: 12.5px; white-space: pre-wrap; padding: 8px 12px; margin: 4px 0; border: 1px solid var(--line); border-radius: 7px; background: var(--raised); }

button { flex: none; font: inherit; font-size: 13px; font-weight: 600; line-height: 1.4; color: var(--ink); background: var(--page); border: 1px solid light-dark(#c6ccd3, #4a505a); border-radius: 7px; padding: 4px 12px; cursor: pointer; }
button:hover { background: var(--raised); }
.primary { background: var(--accent); border-color: var(--accent); color: #fff; }
.primary:hover { background: #0f5f5b; }

.reactions { display: flex; flex-wrap: wrap; gap: 6px; margin-top: 5px; }
.reactions button { font-weight: 500; background: var(--raised); border-color: var(--line); border-radius: 12px; padding: 1px 9px; }
.reactions button[aria-pressed=true] { border-color: var(--link); color: var(--link); background: light-dark(#e8f1fc, #17293c); }
.tools { position: absolute; right: 24px; bottom: -15px; z-index: 1; display: flex; flex-wrap: wrap; align-items: center; gap: 2px; padding: 2px; opacity: 0; pointer-events: none; background: var(--page); border: 1px solid var(--line); border-radius: 9px; box-shadow: 0 2px 6px #0000001f; }
article:hover > .body > .tools, .tools:focus-within, .tools:has([open]) { opacity: 1; pointer-events: auto; }
.tools button, .menu summary { border: 0; background: none; border-radius: 6px; padding: 2px 7px; font-size: 13px; font-weight: 500; }
.tools button:hover, .menu summary:hover { background: var(--raised); }
.tools:has([open]) { z-index: 2; }
input { font: inherit; font-size: 13px; color: var(--ink); background: var(--page); border: 1px solid var(--line); border-radius: 6px; padding: 3px 7px; min-width: 0; }
article .menu { position: relative; margin: 0; color: inherit; }
.menu summary { list-style: none; }
.menu summary::-webkit-details-marker { display: none; }
.menu > div { position: absolute; right: 0; bottom: 100%; display: grid; padding: 4px; margin-bottom: 4px; white-space: nowrap; background: var(--page); border: 1px solid var(--line); border-radius: 9px; box-shadow: 0 4px 14px #00000033; }
.menu > div button { text-align: left; padding: 5px 10px; }
.note { font-size: 13px; color: light-dark(#8a5a00, #f0c36d); }
.note::before { content: "⚠ "; }
.thread { margin: 0 24px 6px 66px; padding-left: 8px; border-left: 3px solid var(--line); }
.thread > p { font-size: 13px; font-weight: 600; color: var(--link); padding-left: 8px; }
.thread .slack-message { padding: 5px 8px; }
article details { font-size: 12px; color: var(--soft); margin-top: 2px; }
summary { cursor: pointer; }
article summary { width: fit-content; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 2px 14px; padding: 8px 12px; margin-top: 4px; border: 1px solid var(--line); border-radius: 7px; background: var(--page); }
dt { font-weight: 600; }
dd { white-space: pre-wrap; max-height: 16em; overflow: auto; }

.quiet { padding: 24px; color: var(--soft); }
.empty { max-width: 460px; margin: 14vh auto 0; padding: 0 24px; text-align: center; color: var(--soft); }
.empty h2 { font-size: 20px; color: var(--ink); margin-bottom: 8px; }
.empty pre { font-size: 15px; color: var(--ink); padding: 12px; margin: 14px 0; user-select: all; }

#composer { flex: none; display: flex; flex-wrap: wrap; align-items: center; gap: 8px; margin: 0 24px 12px; padding: 8px 10px; border: 1px solid var(--line); border-radius: 10px; }
#composer > input { flex: 1 1 200px; font-size: 15px; border-color: transparent; }
#composer:focus-within { border-color: light-dark(#c6ccd3, #4a505a); }
#problem { flex-basis: 100%; font-size: 13px; white-space: pre-wrap; }
#problem:empty { display: none; }

#faults { flex: none; margin: 0 24px 18px; border: 1px solid var(--line); border-radius: 10px; background: var(--raised); max-height: 55dvh; overflow: auto; }
#faults > summary { padding: 9px 16px; font-size: 14px; font-weight: 600; color: var(--soft); }
.chip { display: inline-block; font-size: 12px; font-weight: 600; color: #fff; background: light-dark(#b3261e, #9c332c); border-radius: 12px; padding: 0 9px; margin-left: 6px; }
.panel { display: grid; gap: 12px; padding: 4px 16px 16px; }
.panel p { display: flex; flex-wrap: wrap; gap: 8px; }
select { font: inherit; font-size: 13px; color: var(--ink); background: var(--page); border: 1px solid var(--line); border-radius: 6px; padding: 3px 6px; }
label { font-size: 13px; color: var(--soft); }
table { width: 100%; border-collapse: collapse; font-size: 12px; }
table + table { margin-top: 12px; }
caption { text-align: left; font-size: 13px; font-weight: 600; color: var(--soft); padding-bottom: 4px; }
td { padding: 2px 14px 2px 0; border-top: 1px solid var(--line); white-space: nowrap; vertical-align: top; }
td.path { width: 100%; white-space: normal; overflow-wrap: anywhere; }
.good { color: var(--good); }
.bad { color: var(--bad); font-weight: 700; }

@media (max-width: 720px) {
  body { grid-template-columns: minmax(0, 1fr); grid-template-rows: auto minmax(0, 1fr); height: 100dvh; }
  aside header { height: 46px; }
  nav { display: flex; padding: 8px 10px; }
  nav a { flex: none; }
  main { height: auto; min-height: 0; }
  main > header { padding-left: 14px; padding-right: 14px; }
  main > header { min-height: 0; }
  #composer { margin: 0 12px 10px; }
  .thread { margin: 0 14px 6px 40px; }
  td:last-child { white-space: normal; }
  #faults { margin: 0 12px 12px; }
}
@media (hover: none), (max-width: 720px) {
  .tools { position: static; width: fit-content; margin-top: 6px; opacity: 1; pointer-events: auto; box-shadow: none; background: none; gap: 0; }
  .tools button, .menu summary { padding: 3px 5px; font-size: 12px; }
  .tools input { width: 58px; font-size: 12px; padding: 2px 5px; }
}
@media (prefers-reduced-motion: reduce) { article.new { animation: none; } }
`;
