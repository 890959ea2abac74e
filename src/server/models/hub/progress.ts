/** Turns bytes that come into what people want to know: how fast, and how long still. Pure but for the clock it is given. */
import type { DownloadPhase, DownloadProgress } from "../../../protocol/models";

/** Between two messages of the same phase. */
const INTERVAL_MS = 250;
/** The rate is that of the last seconds. */
const WINDOW_MS = 5_000;

export class ProgressMeter {
  private samples: { readonly atMs: number; readonly bytes: number }[] = [];
  private lastPhase: DownloadPhase | undefined;
  private lastSentMs = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly totalBytes: number | undefined,
    private readonly send: (progress: DownloadProgress) => void,
    private readonly nowMs: () => number = () => performance.now(),
  ) {}

  report(phase: DownloadPhase, bytes: number): void {
    const now = this.nowMs();
    const changed = phase !== this.lastPhase;
    if (!changed && now - this.lastSentMs < INTERVAL_MS) {
      return;
    }
    if (changed) {
      this.samples = [];
    }
    this.samples.push({ atMs: now, bytes });
    this.samples = this.samples.filter(({ atMs }, index, all) => now - atMs <= WINDOW_MS || index === all.length - 2);
    this.lastPhase = phase;
    this.lastSentMs = now;
    this.send({ phase, bytes, ...this.total(), ...this.speed(phase, bytes, now) });
  }

  private total(): { totalBytes?: number } {
    return this.totalBytes === undefined ? {} : { totalBytes: this.totalBytes };
  }

  private speed(phase: DownloadPhase, bytes: number, now: number): Partial<DownloadProgress> {
    const first = this.samples[0];
    const moves = phase === "downloading" || phase === "shared";
    if (!moves || first === undefined || now - first.atMs < INTERVAL_MS || bytes <= first.bytes) {
      return {};
    }
    const bytesPerSecond = Math.round(((bytes - first.bytes) / (now - first.atMs)) * 1000);
    return bytesPerSecond === 0 || this.totalBytes === undefined
      ? { bytesPerSecond }
      : { bytesPerSecond, secondsLeft: Math.ceil(Math.max(0, this.totalBytes - bytes) / bytesPerSecond) };
  }
}
