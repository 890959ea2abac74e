/** Sorts models by what serves a machine best, and picks one for chat and one for completion. Pure. */
import { CATALOGUE } from "../catalogue/catalogue";
import type { CatalogueFile, CatalogueModel } from "../catalogue/catalogueModel";
import { FIT_KINDS, fitOf, type Fit, type Machine } from "./fit";
import type { ContextShape } from "./memory";

export interface Offer {
  readonly model: CatalogueModel;
  readonly file: CatalogueFile;
  readonly fit: Fit;
}

export interface Offers {
  /** What serves this machine best first. */
  readonly all: readonly Offer[];
  readonly chat: Offer | undefined;
  readonly completion: Offer | undefined;
}

/** Below this a suggestion comes after the moment it was for, and an answer is not waited for. */
const USABLE_TOKENS_PER_SECOND = { completion: 10, chat: 4 } as const;

/** What is best between size and quality in the family's own measurements; the others only where it does not fit. */
const PREFERRED_QUANTIZATION = "Q4_K_M";

/** `contextFor` gives the context that a model would be loaded with. */
export function offersFor(machine: Machine, contextFor: (model: CatalogueModel) => ContextShape): Offers {
  const all = CATALOGUE.flatMap((model) =>
    model.files.map((file): Offer => {
      const shape = { ...model.shape, weightBytes: file.bytes };
      return { model, file, fit: fitOf(shape, contextFor(model), machine) };
    }),
  ).sort(byUse);
  return {
    all,
    chat: best(all, ({ chat }) => chat, USABLE_TOKENS_PER_SECOND.chat),
    completion: best(all, ({ infill, chat }) => infill && !chat, USABLE_TOKENS_PER_SECOND.completion),
  };
}

/** The largest that is fast enough; where none is, the smallest model that fits. */
function best(
  all: readonly Offer[],
  serves: (model: CatalogueModel) => boolean,
  usableTokensPerSecond: number,
): Offer | undefined {
  const fitting = all.filter(({ model, fit }) => serves(model) && fit.kind !== "none");
  const usable = fitting.filter(({ fit }) => (fit.tokensPerSecond ?? 0) >= usableTokensPerSecond);
  const fewest = Math.min(...fitting.map(({ model }) => model.parameters));
  const candidates = usable.length > 0 ? usable : fitting.filter(({ model }) => model.parameters === fewest);
  const preferred = candidates.filter(({ file }) => file.quantization === PREFERRED_QUANTIZATION);
  const [largest] = [...(preferred.length > 0 ? preferred : candidates)].sort((a, b) => b.file.bytes - a.file.bytes);
  return largest;
}

/** Of those that are fast enough the largest first, of the others the one that is least too slow. */
function byUse(a: Offer, b: Offer): number {
  const kind = FIT_KINDS.indexOf(a.fit.kind) - FIT_KINDS.indexOf(b.fit.kind);
  const usable = Number(isUsable(b)) - Number(isUsable(a));
  const smallerFirst = a.file.bytes - b.file.bytes;
  return kind || usable || (isUsable(a) ? -smallerFirst : smallerFirst);
}

function isUsable({ fit }: Offer): boolean {
  return (fit.tokensPerSecond ?? 0) >= USABLE_TOKENS_PER_SECOND.chat;
}
