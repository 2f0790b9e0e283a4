/** The object as JSON with one more key, a list whose items are made as they are read. */
export function streamJson(
  object: object,
  key: string,
  items: Iterator<object>,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let before = `${JSON.stringify(object).slice(0, -1)},${JSON.stringify(key)}:[`;
  let separator = "";
  return new ReadableStream({
    type: "bytes",
    pull(controller) {
      const { done, value } = items.next();
      const next = done === true ? "]}" : separator + JSON.stringify(value);
      controller.enqueue(encoder.encode(before + next));
      before = "";
      separator = ",";
      if (done === true) controller.close();
    },
  });
}
