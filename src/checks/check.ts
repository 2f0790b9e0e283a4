/** Something that a look found: what is wrong, and what to do about it. */
export type Finding = {
  severity: "error" | "warning";
  code: string;
  message: string;
  fix: string;
  /** Where it is about some of them: their names. */
  destinations?: string[];
};

/** What a look at one thing brought; `ok`: nothing is wrong with it, though something may be odd. */
export type Check = {
  name: string;
  ok: boolean;
  findings: Finding[];
  facts: Record<string, Fact>;
};

export type Fact = string | number | boolean | null | string[];

/** Slack wants to be left alone for so long; then it can be asked again. */
export type Busy = { busy: true; retryAfterSeconds: number };

/** What was found out about something, as a check. */
export function checked(name: string, facts: Record<string, Fact>, findings: Finding[]): Check {
  return { name, ok: findings.every(({ severity }) => severity !== "error"), findings, facts };
}

export function error(code: string, message: string, fix: string): Finding {
  return { severity: "error", code, message, fix };
}

export function warning(code: string, message: string, fix: string): Finding {
  return { severity: "warning", code, message, fix };
}
