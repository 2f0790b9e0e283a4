import type { Locator, Page } from "playwright-core";

/** The editor, once it has been put into the page. */
export function yamlEditor(page: Page): Locator {
  return page.getByRole("textbox", { name: "The document, as YAML" });
}

/** Types over a line of the editor, from its first letter on, as a person does. */
export async function writeOver(page: Page, line: string, text: string): Promise<void> {
  await yamlEditor(page).getByText(line).click();
  await page.keyboard.press("End");
  await page.keyboard.press("Shift+Home");
  await page.keyboard.type(text);
}
