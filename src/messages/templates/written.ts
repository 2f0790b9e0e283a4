/**
 * A text that a filter has written for Slack, such as a link or a mention: it comes out as it is.
 * Every other filter takes it for `text`, which is foreign again, so that nothing can be forged.
 */
export class Written {
  readonly written: string;
  readonly #text: () => string;
  constructor(written: string, text: () => string) {
    this.written = written;
    this.#text = text;
  }

  get text(): string {
    return this.#text();
  }
}
