/** What the head of a webhook says. */
type Head = {
  path: string;
  /** GitLab's id of the delivery. */
  id: string;
  /** Seconds. */
  timestamp: number;
  /** The header that vouches for it. */
  proof: `x-gitlab-token: ${string}` | `webhook-signature: v1,${string}`;
  /** Bytes of the body. */
  length: number;
};

/** The head of an HTTP request with which GitLab 19 tells of an issue, up to the body. */
export function webhookHead({ path, id, timestamp, proof, length }: Head): string {
  return `POST ${path} HTTP/1.1
host: 127.0.0.1
content-type: application/json
user-agent: GitLab/19.2.0
idempotency-key: ${id}
webhook-id: ${id}
webhook-timestamp: ${timestamp}
${proof}
x-gitlab-event: Issue Hook
x-gitlab-event-uuid: ${id}
x-gitlab-webhook-uuid: ${id}
x-gitlab-instance: https://gitlab.example.com
content-length: ${length}

`.replaceAll("\n", "\r\n");
}
