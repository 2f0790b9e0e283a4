import { openEmulate } from "./emulate-side.ts";
import { describeReactions } from "./reaction-suite.ts";
import { openStandIn } from "./stand-in-side.ts";

describeReactions("our stand-in", openStandIn);
// A Slack that somebody else wrote, so that a misunderstanding of ours is not on both sides.
describeReactions("npm emulate", openEmulate);
