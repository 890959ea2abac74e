/** What the page asks for with a block of code in an answer. */
import { stringOr } from "../base/json";

export type CodeBlockAction =
  | { readonly type: "copy" | "insert" | "replaceSelection"; readonly code: string }
  /** `language`: what stands behind the fence, as the model wrote it. */
  | { readonly type: "newFile"; readonly code: string; readonly language: string }
  /** Shows what the code would make of the file it is for. `messageId`: the answer it stands in. */
  | { readonly type: "apply"; readonly code: string; readonly messageId: string };

/** Parses such a message; `undefined` for anything that is none. */
export function parseCodeBlockAction(data: Readonly<Record<string, unknown>>): CodeBlockAction | undefined {
  const type = data["type"];
  const code = stringOr(data["code"], "");
  switch (type) {
    case "copy":
    case "insert":
    case "replaceSelection":
      return { type, code };
    case "newFile":
      return { type, code, language: stringOr(data["language"], "") };
    case "apply":
      return { type, code, messageId: stringOr(data["messageId"], "") };
    default:
      return undefined;
  }
}
