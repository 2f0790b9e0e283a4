/** What the servers of a run accept. Made up, valid on the loopback interface for one run. */
export const SECRET_TOKEN = "bench-secret-token";
/** GitLab's form: `whsec_` and the base64 of 32 bytes. */
export const SIGNING_TOKEN = `whsec_${btoa("causeway".repeat(4))}`;
