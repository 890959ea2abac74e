/** Lifetime helpers: what is created is collected here and disposed by its owner. */

export interface Disposable {
  dispose(): void;
}

/** Collects disposables and disposes them in reverse order of creation; what is added afterwards is disposed at once. */
export class DisposableList implements Disposable {
  private readonly items: Disposable[] = [];
  private disposed = false;

  add<T extends Disposable>(item: T): T {
    if (this.disposed) {
      item.dispose();
    } else {
      this.items.push(item);
    }
    return item;
  }

  dispose(): void {
    this.disposed = true;
    for (let item = this.items.pop(); item !== undefined; item = this.items.pop()) {
      item.dispose();
    }
  }
}
