/** How people write where a model comes from: `hf:owner/repo/file.gguf[@revision]`, or an address. Pure. */
import { EngineError } from "./engineErrors";
import type { HubSource, ModelSource } from "./models";

const REPO_PART = /^(?!\.+$)[\w.-]{1,96}$/;

/**
 * Understands `hf:owner/repo/folder/file.gguf@revision`, addresses of a file's page or its content on the Hub (`blob`,
 * `resolve`), and any other http(s) address of a file. Fails with `badModelSpec`.
 */
export function parseModelSpec(text: string, endpoint = "https://huggingface.co"): ModelSource {
  const spec = text.trim();
  const source = spec.startsWith("hf:") ? hubSpec(spec.slice("hf:".length)) : urlSpec(spec, endpoint);
  if (source === undefined) {
    throw new EngineError({ code: "badModelSpec", spec });
  }
  return source;
}

/** What parseModelSpec() reads. */
export function formatModelSpec(source: ModelSource): string {
  return source.kind === "url"
    ? source.url
    : `hf:${source.repo}/${source.file}${source.revision === undefined ? "" : `@${source.revision}`}`;
}

/** Whether a path of a repository stays inside it; one from outside decides where a file is written. */
export function isRepoPath(path: string): boolean {
  const parts = path.split("/");
  return !/[\\:\0]/.test(path) && parts.every((part) => part !== "" && part !== "." && part !== "..");
}

export function isRepoName(repo: string): boolean {
  const parts = repo.split("/");
  return parts.length === 2 && parts.every((part) => REPO_PART.test(part) && !part.includes("--"));
}

function hubSpec(spec: string): HubSource | undefined {
  const [, path = "", revision] = /^(.*?)(?:@([^@]+))?$/.exec(spec) ?? [];
  const [owner = "", name = "", ...file] = path.split("/");
  return hubSource(`${owner}/${name}`, file.join("/"), revision);
}

function hubSource(repo: string, file: string, revision: string | undefined): HubSource | undefined {
  return isRepoName(repo) && isRepoPath(file) && file.endsWith(".gguf")
    ? { kind: "hub", repo, file, ...(revision === undefined ? {} : { revision }) }
    : undefined;
}

function urlSpec(spec: string, endpoint: string): ModelSource | undefined {
  const url = URL.canParse(spec) ? new URL(spec) : undefined;
  if (url === undefined || !["http:", "https:"].includes(url.protocol)) {
    return undefined;
  }
  const ofHub = [endpoint, "https://huggingface.co", "https://hf.co"].some((hub) => new URL(hub).host === url.host);
  const [, owner = "", name = "", way = "", revision = "", ...file] = url.pathname.split("/").map(decodeURIComponent);
  if (ofHub && ["blob", "resolve"].includes(way)) {
    return hubSource(`${owner}/${name}`, file.join("/"), revision);
  }
  return ofHub ? undefined : { kind: "url", url: url.href };
}
