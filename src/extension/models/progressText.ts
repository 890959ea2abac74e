/** How far a download is, in words. Pure. */
import type { Translate } from "../../base/localize";
import type { DownloadProgress } from "../../protocol/models";

/** e.g. "1.2 of 4.1 GB · 52 MB/s · 1 min left". */
export function progressText(progress: DownloadProgress, translate: Translate): string {
  switch (progress.phase) {
    case "queued":
      return translate("waiting for another download");
    case "checking":
      return progress.bytes === 0
        ? translate("asking the server")
        : translate("checking what is there: {0}", amount(progress, translate));
    case "verifying":
      return translate("verifying");
    case "shared":
      return [translate("another window downloads it"), ...moving(progress, translate)].join(" · ");
    case "downloading":
      return moving(progress, translate).join(" · ");
  }
}

function moving(progress: DownloadProgress, translate: Translate): string[] {
  const { bytesPerSecond, secondsLeft } = progress;
  return [
    amount(progress, translate),
    ...(bytesPerSecond === undefined ? [] : [translate("{0}/s", size(bytesPerSecond))]),
    ...(secondsLeft === undefined ? [] : [timeLeft(secondsLeft, translate)]),
  ];
}

function amount({ bytes, totalBytes }: DownloadProgress, translate: Translate): string {
  return totalBytes === undefined ? size(bytes) : translate("{0} of {1}", size(bytes), size(totalBytes));
}

function timeLeft(seconds: number, translate: Translate): string {
  const minutes = Math.round(seconds / 60);
  if (seconds < 60) {
    return translate("{0} s left", seconds);
  }
  return minutes < 60
    ? translate("{0} min left", minutes)
    : translate("{0} h {1} min left", Math.floor(minutes / 60), minutes % 60);
}

function size(bytes: number): string {
  const units = ["B", "kB", "MB", "GB"] as const;
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const value = bytes / 1000 ** power;
  return `${value.toFixed(value < 10 && power > 0 ? 1 : 0)} ${units[power] ?? ""}`;
}
