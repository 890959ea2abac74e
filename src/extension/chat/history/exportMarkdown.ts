/** A conversation as a Markdown document, for people and for other programs. Code keeps its fences whatever is in it. Pure. */
import type { Translate } from "../../../base/localize";
import type { CodeAttachment } from "../attachment";
import { titleOf, type Answer, type ConversationData, type Exchange } from "../conversationData";

export interface ExportOptions {
  readonly translate: Translate;
  /** For dates and numbers. */
  readonly language: string;
}

export function exportMarkdown(conversation: ConversationData, options: ExportOptions): string {
  const { translate, language } = options;
  const date = new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short" });
  const head = [
    `# ${inline(titleOf(conversation))}`,
    `_${translate("Llama 2 Assistant, {0}", date.format(new Date(conversation.createdAt)))}_`,
    ...(conversation.systemPrompt === undefined || conversation.systemPrompt === ""
      ? []
      : [`**${translate("System prompt")}**`, quoted(conversation.systemPrompt)]),
  ];
  const exchanges = conversation.exchanges.flatMap((exchange) => exchangeParts(exchange, options));
  return `${[...head, ...exchanges].join("\n\n")}\n`;
}

function exchangeParts({ text, attachments, answer }: Exchange, options: ExportOptions): readonly string[] {
  const { translate } = options;
  return [
    `## ${translate("You")}`,
    ...attachments.map(attachmentPart),
    ...(text === "" ? [] : [withClosedFence(text.trim())]),
    `## Llama 2`,
    ...(answer.text.trim() === "" ? [] : [withClosedFence(answer.text.trim())]),
    ...footer(answer, options),
  ];
}

/** Folded, since attached code is often longer than the conversation about it. */
function attachmentPart({ label, languageId, text }: CodeAttachment): string {
  const fence = "`".repeat(Math.max(3, longestRun(text) + 1));
  const code = text.endsWith("\n") ? text : `${text}\n`;
  const summary = label.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return `<details>\n<summary>${summary}</summary>\n\n${fence}${languageId}\n${code}${fence}\n\n</details>`;
}

function footer({ status }: Answer, { translate, language }: ExportOptions): readonly string[] {
  switch (status.kind) {
    case "done":
    case "stopped": {
      const { figures } = status;
      const stopped = status.kind === "stopped" ? [translate("Stopped")] : [];
      const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
      const measured =
        figures === undefined
          ? []
          : [
              inline(figures.model),
              translate("{0} tokens", number.format(figures.answerTokens)),
              translate("{0} tokens/s", number.format(figures.tokensPerSecond)),
            ];
      const parts = [...stopped, ...measured];
      return parts.length === 0 ? [] : [`_${parts.join(" · ")}_`];
    }
    case "failed":
      return [`_${inline(status.message)}_`];
    case "waiting":
    case "streaming":
      return [];
  }
}

/** Text of one line that says what it says, and no marks. */
function inline(text: string): string {
  return text
    .replace(/\s+/gu, " ")
    .trim()
    .replace(/[\\`*_[\]<>#|~]/gu, (mark) => `\\${mark}`);
}

function quoted(text: string): string {
  return text.replace(/^/gmu, "> ");
}

/** An answer that was cut off inside of a code block would take the rest of the document into it. */
function withClosedFence(markdown: string): string {
  const open = openFence(markdown);
  return open === undefined ? markdown : `${markdown}\n${open}`;
}

/** The mark that would close the code block in which the text ends. */
function openFence(markdown: string): string | undefined {
  let open: string | undefined;
  for (const line of markdown.split("\n")) {
    const [, mark = "", info = ""] = /^ {0,3}(`{3,}|~{3,})(.*)$/u.exec(line) ?? [];
    if (mark === "") {
      continue;
    }
    if (open === undefined) {
      open = mark.startsWith("`") && info.includes("`") ? undefined : mark;
    } else if (mark.startsWith(open) && info.trim() === "") {
      open = undefined;
    }
  }
  return open;
}

function longestRun(text: string): number {
  return [...text.matchAll(/`+/gu)].reduce((longest, [run]) => Math.max(longest, run.length), 0);
}
