/** From a prompt and what was typed behind it to the question: gathers what its variables stand for, or says what is missing. */
import * as vscode from "vscode";
import type { RepositoryDiff } from "../git/repositoryDiff";
import type { LabelledCode, PromptQuestion } from "../labelledCode";
import { problemsText, selectedCode, selectedCodeOrFunction, wholeFile, type FindFunction } from "./editorFacts";
import { usedVariables } from "./expand";
import { fitPrompt, type FitOptions } from "./fitPrompt";
import type { Prompt } from "./promptFile";
import type { VariableName, VariableValues } from "./variables";

export interface QuestionParts {
  readonly findFunction: FindFunction;
  readonly diff: () => Promise<RepositoryDiff>;
  /** Whether a file may be shown to the model, by the user's rules. */
  readonly mayShow: () => Promise<(uri: vscode.Uri) => boolean>;
  /** What a question with this prompt and its code may be long. */
  readonly window: (prompt: Prompt, attachments: readonly LabelledCode[]) => Pick<FitOptions, "roomTokens" | "excess">;
}

export type WrittenQuestion =
  | { readonly kind: "question"; readonly question: PromptQuestion }
  | { readonly kind: "refused"; readonly message: string };

export async function writeQuestion(prompt: Prompt, input: string, parts: QuestionParts): Promise<WrittenQuestion> {
  const gathered = await gather(prompt, parts);
  if ("refused" in gathered) {
    return { kind: "refused", message: gathered.refused };
  }
  const { values, attachments, contained, mayShow } = gathered;
  const root = contained.find(({ languageId }) => languageId === "diff")?.uri;
  const fitted = await fitPrompt(
    prompt.body,
    { ...values, input },
    {
      ...parts.window(prompt, attachments),
      focusLine: vscode.window.activeTextEditor?.selection.active.line ?? 0,
      hides: (path) => root !== undefined && !mayShow(vscode.Uri.joinPath(vscode.Uri.parse(root), path)),
    },
  );
  const question: PromptQuestion = {
    shown: `/${prompt.name}${input === "" ? "" : ` ${input}`}`,
    content: fitted.text,
    attachments,
    contained: contained.map((code) =>
      code.languageId === "diff" && fitted.values.diff !== undefined ? { ...code, text: fitted.values.diff } : code,
    ),
    sampling: prompt.sampling,
  };
  return { kind: "question", question };
}

interface Gathered {
  readonly values: VariableValues;
  readonly attachments: readonly LabelledCode[];
  readonly contained: readonly LabelledCode[];
  readonly mayShow: (uri: vscode.Uri) => boolean;
}

interface Refused {
  readonly refused: string;
}

async function gather(prompt: Prompt, parts: QuestionParts): Promise<Gathered | Refused> {
  const used = usedVariables(prompt.body);
  const mayShow = await parts.mayShow();
  const fromEditor = await gatherFromEditor(prompt, parts, mayShow);
  if ("refused" in fromEditor) {
    return fromEditor;
  }
  const diff = used.has("diff") ? await parts.diff() : undefined;
  if (diff !== undefined && "refused" in diff) {
    return diff;
  }
  const clipboard = used.has("clipboard") ? await vscode.env.clipboard.readText() : undefined;
  if (clipboard?.trim() === "") {
    return { refused: vscode.l10n.t("/{0} needs text on the clipboard, and there is none.", prompt.name) };
  }
  return {
    values: {
      ...fromEditor.values,
      ...(diff === undefined ? {} : { diff: diff.code.text }),
      ...(clipboard === undefined ? {} : { clipboard }),
    },
    attachments: fromEditor.attachments,
    contained: [...fromEditor.contained, ...(diff === undefined ? [] : [diff.code])],
    mayShow,
  };
}

type FromEditor = Pick<Gathered, "values" | "attachments" | "contained">;

async function gatherFromEditor(
  prompt: Prompt,
  { findFunction }: QuestionParts,
  mayShow: (uri: vscode.Uri) => boolean,
): Promise<FromEditor | Refused> {
  const used = usedVariables(prompt.body);
  const editor = vscode.window.activeTextEditor;
  const refused = refusal(prompt, used, editor, mayShow);
  if (refused !== undefined) {
    return { refused };
  }
  if (editor === undefined) {
    return { values: {}, attachments: [], contained: [] };
  }
  const code = prompt.needsSelection ? await selectedCodeOrFunction(editor, findFunction) : selectedCode(editor);
  if (prompt.needsSelection && code === undefined) {
    return {
      refused: vscode.l10n.t(
        "/{0} needs selected code, and no function is around the cursor. Select the code, then try again.",
        prompt.name,
      ),
    };
  }
  return fromEditor(prompt, used, editor.document, code);
}

function fromEditor(
  { needsSelection }: Prompt,
  used: ReadonlySet<VariableName>,
  document: vscode.TextDocument,
  code: LabelledCode | undefined,
): FromEditor {
  const selected = code === undefined ? [] : [code];
  const file = used.has("file") ? [wholeFile(document)] : [];
  return {
    values: {
      selection: code?.text ?? "",
      ...(used.has("file") ? { file: document.getText() } : {}),
      path: vscode.workspace.asRelativePath(document.uri),
      language: document.languageId,
      problems: used.has("problems") ? problemsText(document, code) : "",
    },
    attachments: needsSelection && !used.has("selection") ? selected : [],
    contained: [...(used.has("selection") ? selected : []), ...file],
  };
}

/** What a prompt says of the active editor; a selection that is only used where there is one needs no editor. */
const OF_EDITOR: readonly VariableName[] = ["file", "path", "language", "problems"];

function refusal(
  { name, needsSelection }: Prompt,
  used: ReadonlySet<VariableName>,
  editor: vscode.TextEditor | undefined,
  mayShow: (uri: vscode.Uri) => boolean,
): string | undefined {
  if (editor === undefined) {
    return needsSelection || OF_EDITOR.some((one) => used.has(one))
      ? vscode.l10n.t("/{0} is about code. Open a file and select the code, then try again.", name)
      : undefined;
  }
  const showsCode = needsSelection || used.has("selection") || used.has("file");
  return showsCode && !mayShow(editor.document.uri)
    ? vscode.l10n.t(
        "{0} is kept from the model: it looks as if it held secrets, or llama2.exclude or .llama2ignore names it.",
        wholeFile(editor.document).label,
      )
    : undefined;
}
