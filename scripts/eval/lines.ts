/** Reads JSON lines: ended by "\n" alone, because JSON texts may hold U+2028 and U+2029, at which node:readline splits. */

/** The lines of a stream of UTF-8, blank ones left out. */
export async function* linesOf(stream: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of stream) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    yield* lines.filter((line) => line.trim() !== "");
  }
  rest += decoder.decode();
  if (rest.trim() !== "") {
    yield rest;
  }
}
