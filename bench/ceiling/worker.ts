/**
 * The ceiling: what workerd itself takes for a request of this size. It reads the body, because a
 * server that answers earlier may close the connection on what is still coming, and does nothing.
 */
export default {
  async fetch(request): Promise<Response> {
    await request.arrayBuffer();
    return new Response('{"id":"0","status":"accepted"}', {
      status: 202,
      headers: { "content-type": "application/json" },
    });
  },
} satisfies ExportedHandler;
