import { loadDispatch } from "../src/relay/load-dispatch.ts";

/**
 * Before the tests, for Vitest fetches modules over a connection that belongs to one request, and
 * what another object's request waits for never comes. In the bundle nothing is fetched.
 */
await loadDispatch();
