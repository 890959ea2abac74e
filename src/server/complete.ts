/** `textDocument/inlineCompletion`: what could stand at the cursor. */
import {
  InlineCompletionTriggerKind,
  type InlineCompletionItem,
  type InlineCompletionList,
  type InlineCompletionParams,
} from "vscode-languageserver/node";
import { EXCLUDED_RESULT, parseFormatting } from "../protocol/completion";
import { takesCompletions } from "../protocol/takesCompletions";
import type { EngineSettings } from "../protocol/engineSettings";
import { assumedText } from "./assumed";
import { figuresOf, traceOf } from "./figures";
import type { ServerParts } from "./serverParts";
import { prepareSuggestion, showsSnippets, suggestSeveral, type SuggestOptions } from "./suggest";

/** Whoever asks for a suggestion can choose; whoever types gets one. */
const MAX_CANDIDATES = 3;

/** What of the latency that is wanted may be spent on waiting for declarations, once in a region. */
const DECLARATIONS_SHARE = 1 / 8;

/** What could stand at the cursor: one item, several where the user asked, or none. Whoever types is never bothered with errors; the state tells them. */
export async function complete(
  parts: ServerParts,
  params: InlineCompletionParams,
  signal: AbortSignal,
): Promise<InlineCompletionItem[] | InlineCompletionList> {
  const { documents } = parts;
  const document = documents.find(params.textDocument.uri);
  if (document === undefined) {
    return [];
  }
  if (parts.exclusion.isExcluded(documents.fileOf(document.uri))) {
    return { ...EXCLUDED_RESULT, items: [] };
  }
  const isInvoked = params.context.triggerKind === InlineCompletionTriggerKind.Invoked;
  if (!takesCompletions(parts.models.current.completion, isInvoked)) {
    return [];
  }
  // read before anything is waited for: the position is one of the document as it is now
  const { prefix, suffix, isPrepared, item } = assumedText(document, params, documents.around(document.uri));
  const model = await parts.models.model("completion", signal);
  const isAsked = isInvoked && !isPrepared;
  const options = suggestOptions(parts.settings(), isAsked);
  const { line } = params.position;
  const indentation = parseFormatting(params);
  const snippets = showsSnippets(model, options)
    ? await parts.crossFile.snippets(document, line, DECLARATIONS_SHARE * options.latencyTargetMs)
    : [];
  const prepared = prepareSuggestion(
    model,
    {
      languageId: document.languageId,
      path: parts.crossFile.pathOf(document.uri),
      prefix,
      suffix,
      snippets,
      ...(indentation === undefined ? {} : { indentation }),
    },
    options,
  );
  const record = isPrepared ? undefined : parts.lastPrompt.record("completion", prepared.prompt, model.vocabulary);
  const { suggestions, usage, probability, isCancelled } = await parts.scheduler.run("completion", signal, (turn) =>
    suggestSeveral(model, prepared, turn, isAsked ? MAX_CANDIDATES : 1),
  );
  const figures = figuresOf(model.info, usage, 0);
  record?.answered(figures);
  const certainty = probability === undefined ? {} : { firstLineProbability: probability };
  parts.tellFigures({ ...figures, isPrepared, isCancelled, ...certainty });
  const sure = probability === undefined ? "" : `, first line ${(100 * probability).toFixed(1)} % sure`;
  parts.trace(traceOf("completion", usage) + sure);
  return suggestions.map(({ text, replaceSuffixChars }) => item(text, replaceSuffixChars));
}

/** Who asks is shown what the model has, however unsure it is. */
function suggestOptions(settings: EngineSettings, isAsked: boolean): SuggestOptions {
  return {
    maxTokens: settings.completionMaxTokens,
    latencyTargetMs: settings.completionLatencyTargetMs,
    eagerness: isAsked ? "eager" : settings.completionEagerness,
    multiline: settings.completionMultiline,
  };
}
