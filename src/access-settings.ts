/** Whether Cloudflare Access guards the console, and who may edit there. */
export type AccessSettings =
  | { state: "off" }
  /** Set by half, or not readable: somebody meant to guard the console, so it stays closed. */
  | { state: "unusable" }
  | {
      state: "on";
      /** `https://<team>.cloudflareaccess.com`: who signs, and where the keys are. */
      issuer: string;
      /** The audience tags of the Access applications that stand before the console. */
      audiences: string[];
      /** E-mail addresses, globs of them, and common names of service tokens, that may edit. */
      editors: string[];
    };

/** The settings of Cloudflare Access; what is wrong with them is added to `problems`, in sentences. */
export function readAccess(
  env: { ACCESS_TEAM_DOMAIN?: string; ACCESS_AUD?: string; ACCESS_EDITORS?: string },
  problems: string[],
): AccessSettings {
  const team = (env.ACCESS_TEAM_DOMAIN ?? "").trim();
  const audiences = listed(env.ACCESS_AUD);
  const editors = listed(env.ACCESS_EDITORS);
  if (team === "" && audiences.length === 0) {
    if (editors.length > 0) {
      problems.push(
        "ACCESS_EDITORS is set, but ACCESS_TEAM_DOMAIN and ACCESS_AUD are not: it has no effect.",
      );
    }
    return { state: "off" };
  }
  if (team === "" || audiences.length === 0) {
    const [is, isNot] =
      team === "" ? ["ACCESS_AUD", "ACCESS_TEAM_DOMAIN"] : ["ACCESS_TEAM_DOMAIN", "ACCESS_AUD"];
    problems.push(
      `${is} is set and ${isNot} is not: the console is closed. Set both for Cloudflare Access, or neither to sign in with a token.`,
    );
    return { state: "unusable" };
  }
  const issuer = issuerOf(team);
  if (issuer === null) {
    problems.push(
      "ACCESS_TEAM_DOMAIN is not a team's name such as example, or its domain such as example.cloudflareaccess.com: the console is closed.",
    );
    return { state: "unusable" };
  }
  if (editors.length === 0) {
    problems.push(
      "ACCESS_EDITORS is empty: nobody may change anything in the console. Name e-mail addresses, or all of a domain such as *@example.com.",
    );
  }
  return { state: "on", issuer, audiences, editors };
}

/** @see https://developers.cloudflare.com/cloudflare-one/faq/getting-started-faq/#whats-a-team-domainteam-name */
function issuerOf(team: string): string | null {
  const [, name] = /^(?:https:\/\/)?([a-z0-9-]+)(?:\.cloudflareaccess\.com)?\/?$/i.exec(team) ?? [];
  return name === undefined ? null : `https://${name.toLowerCase()}.cloudflareaccess.com`;
}

function listed(list: string | undefined): string[] {
  return (list ?? "").split(/[\s,]+/).filter((entry) => entry !== "");
}
