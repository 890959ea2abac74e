/** What is told of a declaration. Pure. */

/** Folders of a workspace that hold what others have written; of it the signature is enough. */
const DEPENDENCIES = /\/(?:node_modules|site-packages|dist-packages|bower_components|vendor|third_party|\.venv|venv)\//;

/** Takes the path of a URI. */
export function isDependency(path: string): boolean {
  return DEPENDENCIES.test(path);
}

/** The first block of code of a hover, which is a signature by custom; "" where it has none. */
export function signatureOf(markdown: string): string {
  const block = /^[ \t]*```[^\n]*\n([^]*?)\n?[ \t]*```/m.exec(markdown)?.[1] ?? "";
  // "(method) f(): void", "(alias) class C": how TypeScript says what kind of thing it is
  return block.trim().replace(/^\([a-z ]+\) /, "");
}
