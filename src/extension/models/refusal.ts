/** The next step after each failure of a download. Pure. */
import type { EngineErrorData } from "../../protocol/engineErrors";

export type NextStep =
  | { readonly kind: "open"; readonly what: "modelPage" | "metaForm"; readonly url: string }
  | { readonly kind: "signIn" }
  /** Looks whether access has been granted meanwhile. */
  | { readonly kind: "checkAgain"; readonly repo: string }
  | { readonly kind: "tryAgain" }
  /** Takes what the hub has now, knowingly. */
  | { readonly kind: "takeChanged"; readonly sha256: string };

/** Where Meta grants access to the models whose repositories ask for it. */
const META_FORM = "https://www.llama.com/llama-downloads/";

/** In the order to show them. */
export function nextSteps(data: EngineErrorData, endpoint: string): readonly NextStep[] {
  const page = (repo: string): NextStep => ({ kind: "open", what: "modelPage", url: `${endpoint}/${repo}` });
  switch (data.code) {
    case "notLoggedIn":
      return [{ kind: "signIn" }, ...(data.repo === undefined ? [] : [page(data.repo)])];
    case "accessNotGranted":
      return [
        page(data.repo),
        ...(data.repo.startsWith("meta-llama/")
          ? [{ kind: "open", what: "metaForm", url: META_FORM } satisfies NextStep]
          : []),
        { kind: "checkAgain", repo: data.repo },
      ];
    case "badToken":
    case "repoNotFound":
      return [{ kind: "signIn" }];
    case "tooManyRequests":
      return [{ kind: "tryAgain" }, { kind: "signIn" }];
    case "hubChanged":
      return [{ kind: "takeChanged", sha256: data.actualSha256 }];
    case "checksumMismatch":
    case "diskFull":
    case "cacheNotWritable":
    case "network":
    case "httpStatus":
    case "downloadFailed":
    case "crashed":
      return [{ kind: "tryAgain" }];
    default:
      return [];
  }
}
