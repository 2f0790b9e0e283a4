import type { AccountDetails } from "../../gitlab/kinds/account.ts";
import type { Event } from "../../event.ts";
import { notice, type Notice } from "../notice.ts";
import { bold, code, say, type Phrase } from "../phrase.ts";
import { facts } from "./facts.ts";
import { person } from "./who.ts";

/** Accounts of an instance, and their SSH keys. */
export function accountNotice(event: Event, details: AccountDetails): Notice {
  const account = details.account === null ? bold("Someone") : person(details.account);
  const username = details.account?.username ?? null;
  const shown = username === details.account?.name ? null : username;
  return notice(said(event, account), {
    sign: event.type === "user.failed_login" ? "warning" : null,
    facts: facts(
      shown === null ? null : code(shown),
      details.oldUsername === null ? null : say`it was ${code(details.oldUsername)}`,
      details.state === null ? null : say`the account is ${details.state.replaceAll("_", " ")}`,
    ),
  });
}

function said({ type, kind, action }: Event, account: Phrase): Phrase {
  switch (type) {
    case "user.create":
      return say`Account ${account} was created`;
    case "user.destroy":
      return say`Account ${account} was deleted`;
    case "user.rename":
      return say`Account ${account} was renamed`;
    case "user.failed_login":
      return say`Sign-in of ${account} failed`;
    case "key.create":
      return say`An SSH key was added to ${account}`;
    case "key.destroy":
      return say`An SSH key of ${account} was deleted`;
    default:
      return say`${kind === "key" ? "An SSH key of" : "Account"} ${account}: ${action.replaceAll("_", " ")}`;
  }
}
