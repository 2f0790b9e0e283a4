import * as z from "zod/mini";

const USES = ["posts", "hears", "shows"] as const;

/** What `GET /admin/api/checks/channels/:id` is asked with. */
export const ChannelQuery = z.object({
  use: z._default(
    z
      .enum(USES, { error: `expected one of ${USES.join(", ")}` })
      .check(
        z.describe("What it is for: the bot `posts` there, `hears` there, or somebody else posts."),
      ),
    "posts",
  ),
});
