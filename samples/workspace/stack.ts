/** A last-in, first-out collection. */
export class Stack<T> {
  private readonly items: T[] = [];

  get size(): number {
    return this.items.length;
  }

  push(item: T): void {
    this.items.push(item);
  }

  /** Removes and returns the last item; undefined when the stack is empty. */
  pop(): T | undefined {
    return this.items.pop();
  }

  /** The last item, left where it is. */
  peek(): T | undefined {
    
  }

  isEmpty(): boolean {
    return this.size === 0;
  }
}

/** Whether every bracket in the text is closed by its partner, in the right order. */
export function isBalanced(text: string): boolean {
  const partners = new Map([
    [")", "("],
    ["]", "["],
    ["}", "{"],
  ]);
  const open = new Stack<string>();
  for (const character of text) {
    const partner = partners.get(character);
    if (partner !== undefined) {
      if (open.pop() !== partner) {
        return false;
      }
    } else if ("([{".includes(character)) {
      open.push(character);
    }
  }
  return open.isEmpty();
}
