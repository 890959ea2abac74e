/** How fast memory is read, which is what bounds generation: measured for the machine, known by name for graphics cards. */

/** Published figures in GB/s; the first name that stands in the device's name counts. */
const CARDS: readonly (readonly [name: RegExp, gigabytesPerSecond: number])[] = [
  [/H200/, 4800],
  [/H100/, 3350],
  [/A100/, 1555],
  [/RTX 5090/, 1792],
  [/RTX 4090|RTX 3090/, 936],
  [/RTX 5080/, 960],
  [/RTX (?:5070 Ti|3080)/, 760],
  [/RTX (?:5070|4080)/, 672],
  [/RTX (?:4070|3070)/, 448],
  [/RX 7900/, 800],
  [/RX (?:6800|6900|7800)/, 512],
  [/M[1-4] Ultra/, 800],
  [/M[1-4] Max/, 400],
  [/M[1-4] Pro/, 200],
  [/Apple M[1-4]/, 100],
  [/Intel(?!.*Arc)/, 50],
];
/** Of a middling card of the last years. */
const UNKNOWN_CARD = 256;

export function cardBytesPerSecond(name: string): number {
  const known = CARDS.find(([pattern]) => pattern.test(name))?.[1];
  return (known ?? UNKNOWN_CARD) * 1e9;
}

const BLOCK_BYTES = 64 * 1024 ** 2;
const ROUNDS = 3;

/**
 * Copies a block larger than any cache a few times (some tens of milliseconds) and takes the best. One core does not use all
 * that the memory has: several read about half as much again.
 */
export function measureMemoryBytesPerSecond(now: () => number = () => performance.now()): number {
  const from = Buffer.alloc(BLOCK_BYTES, 1);
  const to = Buffer.alloc(BLOCK_BYTES);
  const times = Array.from({ length: ROUNDS }, () => {
    const start = now();
    from.copy(to);
    return now() - start;
  });
  const readAndWritten = 2 * BLOCK_BYTES;
  return (1.5 * readAndWritten * 1000) / Math.max(1, Math.min(...times));
}
