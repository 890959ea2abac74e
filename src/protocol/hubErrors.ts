/**
 * What can go wrong when a model is downloaded or deleted, each with the data that a client needs to offer the next step. They are
 * `EngineErrorData` as all others (engineErrors.ts).
 */

import type { Translate } from "../base/localize";
import { notOurModelMessage, type NotOurModel } from "./notOurModel";

export type HubErrorData =
  | NotOurModel
  /** The repository is gated and nobody is logged in, or there is no token at all. `repo` is absent for who-am-I. */
  | { readonly code: "notLoggedIn"; readonly repo?: string }
  /** Logged in, but the authors have not granted access to this account (yet). `url` is the model's page. */
  | { readonly code: "accessNotGranted"; readonly repo: string; readonly url: string }
  | { readonly code: "badToken" }
  | { readonly code: "repoNotFound"; readonly repo: string }
  | { readonly code: "revisionNotFound"; readonly repo: string; readonly revision: string }
  /** `file` is a path in the repository, or the URL. */
  | { readonly code: "fileNotFound"; readonly repo?: string; readonly file: string }
  /** The file is not the one whose sum was asked for. Asking for `actualSha256` takes it knowingly. */
  | {
      readonly code: "hubChanged";
      readonly file: string;
      readonly expectedSha256: string;
      readonly actualSha256: string;
    }
  /** What came is not what the server announced, twice. Nothing of it is kept. */
  | { readonly code: "checksumMismatch"; readonly file: string }
  /** `freeBytes` of the disk that has `folder`. What has come is kept. */
  | { readonly code: "diskFull"; readonly folder: string; readonly neededBytes: number; readonly freeBytes: number }
  /** The folder or the disk refuses; `detail` is the system's code, e.g. "EACCES". */
  | { readonly code: "cacheNotWritable"; readonly folder: string; readonly detail: string }
  /** `HF_HUB_OFFLINE` is set and the file is not there. */
  | { readonly code: "offline"; readonly file: string }
  /** The server was not reached, or broke off, after all retries. What has come is kept. */
  | { readonly code: "network"; readonly host: string; readonly detail: string }
  | { readonly code: "tooManyRequests"; readonly host: string; readonly retryAfterSeconds?: number }
  /** The server answered with a status that means nothing good, e.g. 500 after all retries. */
  | { readonly code: "httpStatus"; readonly host: string; readonly status: number }
  /** Another process works on this file. */
  | { readonly code: "downloadLocked"; readonly file: string }
  /** The downloading process died again and again. */
  | { readonly code: "downloadFailed"; readonly detail: string }
  /** `spec` names no model: neither `hf:owner/repo/file.gguf[@revision]` nor an http(s) URL. */
  | { readonly code: "badModelSpec"; readonly spec: string };

type HubErrorOf<C extends HubErrorData["code"]> = Extract<HubErrorData, { readonly code: C }>;

export const HUB_ERROR_CODES: readonly HubErrorData["code"][] = [
  "notLoggedIn",
  "accessNotGranted",
  "badToken",
  "repoNotFound",
  "revisionNotFound",
  "fileNotFound",
  "hubChanged",
  "checksumMismatch",
  "diskFull",
  "cacheNotWritable",
  "offline",
  "network",
  "tooManyRequests",
  "httpStatus",
  "downloadLocked",
  "downloadFailed",
  "badModelSpec",
  "notOurModel",
];

/** What happened and what to do next. */
export function hubErrorMessage(data: HubErrorData, translate: Translate): string {
  switch (data.code) {
    case "notLoggedIn":
    case "accessNotGranted":
    case "badToken":
      return accountMessage(data, translate);
    case "repoNotFound":
    case "revisionNotFound":
    case "fileNotFound":
    case "badModelSpec":
      return nameMessage(data, translate);
    case "hubChanged":
    case "checksumMismatch":
    case "downloadLocked":
    case "downloadFailed":
    case "diskFull":
    case "cacheNotWritable":
      return fileMessage(data, translate);
    case "offline":
    case "network":
    case "tooManyRequests":
    case "httpStatus":
      return networkMessage(data, translate);
    case "notOurModel":
      return notOurModelMessage(data, translate);
  }
}

function accountMessage(
  data: HubErrorOf<"notLoggedIn" | "accessNotGranted" | "badToken">,
  translate: Translate,
): string {
  switch (data.code) {
    case "notLoggedIn":
      return data.repo === undefined
        ? translate("You are not signed in to the Hugging Face Hub. Sign in with an access token.")
        : translate(
            "{0} is only for users who have been granted access. Sign in to the Hugging Face Hub, and ask for access on the model's page.",
            data.repo,
          );
    case "accessNotGranted":
      return translate(
        "Your account has no access to {0}. Ask for it on the model's page; when it is granted, try again.",
        data.repo,
      );
    case "badToken":
      return translate(
        "The Hugging Face Hub does not accept the access token: it is wrong, or has expired. Sign in with another one.",
      );
  }
}

function nameMessage(
  data: HubErrorOf<"repoNotFound" | "revisionNotFound" | "fileNotFound" | "badModelSpec">,
  translate: Translate,
): string {
  switch (data.code) {
    case "repoNotFound":
      return translate(
        "There is no repository {0}, or it is private. Check the name, or sign in to the Hugging Face Hub.",
        data.repo,
      );
    case "revisionNotFound":
      return translate(
        '{0} has no revision "{1}". Leave the revision out to take the latest one.',
        data.repo,
        data.revision,
      );
    case "fileNotFound":
      return data.repo === undefined
        ? translate("There is nothing at {0}. Check the address.", data.file)
        : translate("There is no file {0} in {1}. Choose another file.", data.file, data.repo);
    case "badModelSpec":
      return translate(
        '"{0}" names no model. Write hf:owner/repository/file.gguf, or the https address of a file.',
        data.spec,
      );
  }
}

function fileMessage(
  data: HubErrorOf<
    "hubChanged" | "checksumMismatch" | "downloadLocked" | "downloadFailed" | "diskFull" | "cacheNotWritable"
  >,
  translate: Translate,
): string {
  switch (data.code) {
    case "hubChanged":
      return translate(
        "{0} is not the file that this version knows: its SHA-256 is {1} instead of {2}. Take it only if you trust its authors.",
        data.file,
        data.actualSha256,
        data.expectedSha256,
      );
    case "checksumMismatch":
      return translate(
        "{0} arrived damaged twice and was deleted. Try again, if you can without a proxy in between.",
        data.file,
      );
    case "downloadLocked":
      return translate("{0} is being downloaded. Cancel that first.", data.file);
    case "downloadFailed":
      return translate("The download stopped unexpectedly ({0}). Try again; what has come is kept.", data.detail);
    case "diskFull":
      return translate(
        "The disk of {0} has {1} free, and {2} are still needed. Make room or choose another folder, then try again; what has come is kept.",
        data.folder,
        gigabytes(data.freeBytes),
        gigabytes(data.neededBytes),
      );
    case "cacheNotWritable":
      return translate(
        "{0} cannot be written ({1}). Check its permissions, or choose another folder.",
        data.folder,
        data.detail,
      );
  }
}

function networkMessage(
  data: HubErrorOf<"offline" | "network" | "tooManyRequests" | "httpStatus">,
  translate: Translate,
): string {
  switch (data.code) {
    case "offline":
      return translate(
        "{0} is not on this machine, and HF_HUB_OFFLINE forbids to fetch it. Unset that variable, or copy the file here.",
        data.file,
      );
    case "network":
      return translate(
        "{0} does not answer ({1}). Check the connection and the proxy, then try again; what has come is kept.",
        data.host,
        data.detail,
      );
    case "tooManyRequests":
      return translate(
        "{0} has had too many requests from here. Sign in or wait, then try again; what has come is kept.",
        data.host,
      );
    case "httpStatus":
      return translate(
        "{0} has a problem of its own (HTTP {1}). Try again later; what has come is kept.",
        data.host,
        data.status,
      );
  }
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}
