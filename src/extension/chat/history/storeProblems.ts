/** What a look into the folder of conversations finds that cannot be shown, gathered so that it is told once. */
import { assertNever } from "../../../base/assertNever";
import type { Translate } from "../../../base/localize";

export type StoreProblem =
  /** Set aside: renamed, so that nothing is lost and they are not met again. `details` are for the log. */
  | { readonly kind: "damaged"; readonly details: readonly string[] }
  /** They are there, and the system does not let them be read. */
  | { readonly kind: "unreadable"; readonly details: readonly string[] }
  | { readonly kind: "newer"; readonly count: number };

export class ProblemList {
  private readonly setAside: string[] = [];
  private readonly failed: string[] = [];
  private newerCount = 0;

  async damaged(reason: string, setAside: () => Promise<string>): Promise<void> {
    const file = await setAside().catch(() => undefined); // another window was faster, or the folder cannot be written
    if (file !== undefined) {
      this.setAside.push(`${file}: ${reason}`);
    }
  }

  /** `isNews`: not told before. */
  unreadable(isNews: boolean, detail: string): void {
    if (isNews) {
      this.failed.push(detail);
    }
  }

  newer(isNews: boolean): void {
    this.newerCount += isNews ? 1 : 0;
  }

  tell(report: (problem: StoreProblem) => void): void {
    if (this.setAside.length > 0) {
      report({ kind: "damaged", details: this.setAside });
    }
    if (this.failed.length > 0) {
      report({ kind: "unreadable", details: this.failed });
    }
    if (this.newerCount > 0) {
      report({ kind: "newer", count: this.newerCount });
    }
  }
}

/** The problem as a sentence for people. */
export function problemText(problem: StoreProblem, translate: Translate): string {
  switch (problem.kind) {
    case "damaged":
      return problem.details.length === 1
        ? translate("A saved conversation could not be read. Its file was set aside; the others are not affected.")
        : translate(
            "{0} saved conversations could not be read. Their files were set aside; the others are not affected.",
            problem.details.length,
          );
    case "unreadable":
      return translate("{0} saved conversations could not be opened. The log says why.", problem.details.length);
    case "newer":
      return translate(
        "{0} saved conversations were written by a newer version of Llama 2 Assistant and are not shown. Update the extension to read them.",
        problem.count,
      );
    default:
      return assertNever(problem);
  }
}
