import type { Event } from "../../event.ts";
import type { TokenDetails } from "../../gitlab/kinds/token.ts";
import { notice, type Notice } from "../notice.ts";
import { bold, link, say } from "../phrase.ts";
import { day, facts } from "./facts.ts";
import { where } from "./where.ts";
import { capital } from "../../words/capital.ts";
import { spoken } from "./spoken.ts";

/** Tokens that are about to expire: which, and until when somebody can do something. */
export function tokenNotice(event: Event, { expiresOn, lastUsedAt }: TokenDetails): Notice {
  const name = event.title === null ? say`without a name` : bold(event.title);
  const when = expiresOn === null ? "soon" : `on ${day(expiresOn)}`;
  const kind = spoken(event.kind);
  return notice(say`${capital(kind)} ${name} expires ${when}${where(event)}`, {
    sign: "hourglass",
    facts: facts(
      event.url === null ? null : link(event.url, "renew it"),
      lastUsedAt === null ? null : say`last used ${day(lastUsedAt)}`,
    ),
  });
}
