import { webAddress } from "../../slack/mrkdwn.ts";

/** An address within a label, and a label that is one without saying `https`. */
const ADDRESS =
  /(?:https?:[^\p{L}\p{N}\s]+|\bwww\.[.-]*)([\p{L}\p{N}](?:[\p{L}\p{N}.-]*[\p{L}\p{N}])?)/giu;
const HOST = /^((?:[\p{L}\p{N}-]+\.)+\p{L}{2,})(?:[/:?#].*)?$/u;
/** Some of these are top-level domains too, but a label means a file by them. */
const FILE =
  /^[\w.-]+\.(?:7z|asc|bat|bz2|c|cfg|conf|cpp|cs|css|csv|deb|diff|dmg|docx?|exe|gif|go|gz|h|har|html?|ini|ipynb|jar|java|jpe?g|js|json|jsx|kt|lock|log|md|mov|mp4|msi|patch|pdf|pem|php|pl|png|pptx?|ps1|pub|py|rb|rpm|rs|sh|sha256|sig|sql|svg|swift|tar|tf|tgz|toml|tsx?|txt|webm|webp|whl|xlsx?|xml|xz|ya?ml|zip)$/i;
/** Characters that show nothing. */
const UNSEEN = /[\p{Cf}\u115f\u1160\u2800]/gu;

/**
 * Where a link of GitLab Markdown goes; null when that is unknown or no page of the web. An address
 * with a user name or with odd signs in its host only serves to look like another one.
 */
export function linkTarget(href: string, projectUrl: string | null): string | null {
  const address = /^\/(?![/\\])/.test(href) ? inGitlab(href, projectUrl) : href;
  if (address === null || webAddress(address) === null) return null;
  const { username, password, hostname, href: target } = new URL(address);
  const isPlain = username === "" && password === "" && /^[\w.:[\]-]+$/.test(hostname);
  return isPlain ? target.replaceAll("`", "%60") : null;
}

/** The label of a link, or its address when the label shows nothing or names another host. */
export function honestLabel(label: string, target: string): string {
  const seen = label.normalize("NFKC").replace(UNSEEN, "").trim();
  const hosts = Array.from(seen.matchAll(ADDRESS), ([, host]) => host);
  if (!FILE.test(seen)) hosts.push(HOST.exec(seen)?.[1]);
  const to = hostOf(new URL(target).hostname);
  const lies = hosts.some((host) => host !== undefined && hostOf(host) !== to);
  return lies || !/[\p{L}\p{N}\p{P}\p{S}]/u.test(seen) ? target : label;
}

/** Uploads belong to their project, other paths to the whole of GitLab. */
function inGitlab(path: string, projectUrl: string | null): string | null {
  if (projectUrl === null || !URL.canParse(projectUrl)) return null;
  return (path.startsWith("/uploads/") ? projectUrl : new URL(projectUrl).origin) + path;
}

function hostOf(name: string): string {
  const address = `https://${name}`;
  return (URL.canParse(address) ? new URL(address).hostname : name).replace(/^www\./, "");
}
