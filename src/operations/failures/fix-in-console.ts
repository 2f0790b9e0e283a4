/**
 * What a person does about a cause where there is a button for it: the command line's sentence, without
 * what one would type there. The parts of it, between which stands what the one channel is called that it
 * is about, where there is one (`hasChannel`).
 */
export function fixInConsole(
  { code, fix }: { code: string; fix: string },
  hasChannel: boolean,
): string[] {
  switch (code) {
    case "not_in_channel":
      return hasChannel
        ? ["Invite the bot to ", ": open the channel in Slack and type /invite @Causeway."]
        : ["Invite the bot: open the channel in Slack and type /invite @Causeway."];
    case "is_archived":
    case "channel_is_archived":
      return hasChannel
        ? ["Unarchive ", " in Slack, or name another channel in the destination."]
        : [fix];
    case "gave_up":
      return ["See that whoever should take it is well again. It was tried for a day."];
    default:
      return [fix];
  }
}
