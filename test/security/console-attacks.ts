/** The word that is in every attack: as a tag or an attribute it shows that a text became markup. */
export const MARK = "zqx";

const RUN = "window.__ran=1";

/** Texts that become markup, run a script or lead away wherever a page forgets to escape. */
export const ATTACKS = [
  `<script ${MARK}>${RUN}</script>`,
  `"><img src=x ${MARK} onerror="${RUN}">`,
  `" ${MARK} autofocus onfocus="${RUN}" x="`,
  `' ${MARK} autofocus onfocus='${RUN}' x='`,
  `</textarea></title></option></select></pre></code><${MARK} ${MARK}>`,
  `--></style></template></script><${MARK} hx-get="/admin/sign-out" hx-trigger="load" data-hx-post="/x">`,
  `<svg ${MARK} onload=${RUN}><a xlink:href="javascript:${RUN}">`,
  `<style ${MARK}>*{display:none}</style>`,
  `<base ${MARK} href="https://evil.invalid/">`,
  `<meta ${MARK} http-equiv=refresh content="0;url=https://evil.invalid/">`,
  `<form ${MARK} action=https://evil.invalid><button formaction="javascript:${RUN}">`,
  `<iframe ${MARK} srcdoc="<script>parent.__ran=1</script>">`,
  `[${MARK}](javascript:${RUN}) <javascript:${RUN}|${MARK}> [x](data:text/html,<script>${RUN}</script>)`,
  `https://evil.invalid/"${MARK}/onmouseover=${RUN}// <https://evil.invalid/?a="${MARK}|"${MARK}>`,
  `{{ "<${MARK}>" }} {{ event.title }} \${${RUN}} <%= ${RUN} %>`,
  `&lt;${MARK}&gt; &#60;${MARK}&#62; &quot; ${MARK}=1`,
  `\u202e\u2066\u200b\ufeff\u0000\u0007\u001b[31m\ud800${MARK}`,
  `${MARK}\r\nset-cookie: ${MARK}=1\r\n\r\n<${MARK}>`,
];

/** All of them in one text. */
export const ALL_ATTACKS = ATTACKS.join(" ");

/** Addresses that run something, or lead somewhere else, for whoever follows them. */
export const ADDRESSES = [
  `javascript:${RUN}//${MARK}`,
  `JaVaScRiPt:${RUN}//${MARK}`,
  `\tjava\nscript:${RUN}//${MARK}`,
  `data:text/html,<script>${RUN}</script>${MARK}`,
  `https://evil.invalid/${MARK}"${MARK}=1`,
  `//evil.invalid/${MARK}`,
  `/\\evil.invalid/${MARK}`,
];

/** What says to us what an event is; anything else somebody may have written. */
const STRUCTURE =
  /^(object_kind|event_type|event_name|action|type|state|status|detailed_status|noteable_type|source|\w*_at|\w*_id|path_with_namespace|before|after|sha|ref|oauth_\w+|visibility)$/;

/** A webhook's body in which every text that people write is `attack`, and every address `address`. */
export function poisoned(body: unknown, attack: string, address: string): unknown {
  const walk = (value: unknown, key: string): unknown => {
    if (Array.isArray(value)) return value.map((each) => walk(each, key));
    if (typeof value === "object" && value !== null) {
      return Object.fromEntries(
        Object.entries(value).map(([name, each]) => [name, walk(each, name)]),
      );
    }
    if (typeof value !== "string" || STRUCTURE.test(key)) return value;
    return /url|homepage|href/.test(key) ? address : attack;
  };
  return walk(body, "");
}
