/** The messages as a list for the keyboard: Tab reaches the last ones, the arrow keys go on from there. */

/** Moves the focus from a message to the one before or after it. Does nothing while the focus is inside of one. */
export function moveAmongMessages(event: KeyboardEvent): void {
  const { target, currentTarget } = event;
  if (!(target instanceof HTMLElement) || target.tagName !== "ARTICLE" || !(currentTarget instanceof HTMLElement)) {
    return;
  }
  const messages = [...currentTarget.querySelectorAll<HTMLElement>("article[tabindex]")];
  const next = messages[nextIndex(event.key, messages.indexOf(target), messages.length)];
  if (next !== undefined) {
    event.preventDefault();
    next.focus();
  }
}

function nextIndex(key: string, index: number, count: number): number {
  switch (key) {
    case "ArrowUp":
      return index - 1;
    case "ArrowDown":
      return index + 1;
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return -1;
  }
}
