/** What axe-core finds in a page inside the workbench. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Frame, Locator } from "playwright-core";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Rules about whole documents that VS Code's own frame around a webview decides. */
const RULES_OF_THE_FRAME = ["page-has-heading-one", "landmark-one-main", "region"];

/** Each violation as a line: its rule, what it asks for, and the elements; none where all is well. */
export async function violations(frame: Frame): Promise<string[]> {
  await frame.evaluate(axeSource); // by the debugger: the page's security policy lets no foreign script in
  const results = await frame.evaluate<AxeResults>(
    `axe.run(document, { rules: ${JSON.stringify(Object.fromEntries(RULES_OF_THE_FRAME.map((rule) => [rule, { enabled: false }])))} })`,
  );
  return results.violations.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary ?? ""}`).join(" | ")}`,
  );
}

/** The frame behind a locator of something in it. */
export async function frameOf(locator: Locator): Promise<Frame> {
  const frame = await (await locator.elementHandle()).ownerFrame();
  if (frame === null) {
    throw new Error("the element is in no frame");
  }
  return frame;
}
