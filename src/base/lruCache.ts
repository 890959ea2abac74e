/** A map of bounded size: what was used longest ago is dropped first. */

export class LruCache<K, V> {
  /** In order of use, the latest last: a Map keeps the order of insertion. */
  private readonly entries = new Map<K, V>();

  constructor(private readonly capacity: number) {}

  /** Counts as a use. */
  get(key: K): V | undefined {
    const value = this.entries.get(key);
    if (value !== undefined) {
      this.set(key, value);
    }
    return value;
  }

  set(key: K, value: V): void {
    this.entries.delete(key);
    this.entries.set(key, value);
    for (const oldest of this.entries.keys()) {
      if (this.entries.size <= this.capacity) {
        break;
      }
      this.entries.delete(oldest);
    }
  }

  /** The latest used first; looking is no use. */
  newestFirst(): [K, V][] {
    return [...this.entries].reverse();
  }

  clear(): void {
    this.entries.clear();
  }
}
