import { createHash } from "node:crypto";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * What makes two requests the same event: GitLab's id of the delivery, which a manual resend keeps;
 * before GitLab 17.4 the event's UUID together with the body, because several hooks share the UUID;
 * else the body alone. The result is 22 characters of base64url.
 *
 * @see https://docs.gitlab.com/user/project/integrations/webhooks/#delivery-headers
 */
export function identityOf(headers: Headers, body: Uint8Array): string {
  const deliveryId = headers.get("webhook-id") || headers.get("idempotency-key");
  // GitLab's ids are UUIDs: 16 bytes, which are 22 characters.
  if (deliveryId && UUID.test(deliveryId)) {
    return Buffer.from(deliveryId.replaceAll("-", ""), "hex").toString("base64url");
  }
  const hash = createHash("sha256");
  if (deliveryId) {
    hash.update(`delivery ${deliveryId}`);
  } else {
    hash.update(`event ${headers.get("x-gitlab-event-uuid") ?? ""} `).update(body);
  }
  return hash.digest("base64url").slice(0, 22);
}
