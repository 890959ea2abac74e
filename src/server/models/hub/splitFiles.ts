/** Models in several files: llama.cpp loads the first one and finds the others by their names. Pure. */

/** All parts in order, whichever is named; the file alone where it is no part. */
export function partsOf(file: string): readonly string[] {
  const match = /^(.*-)(\d{5})(-of-)(\d{5})(\.gguf)$/.exec(file);
  const [, before = "", , of = "", count = "", extension = ""] = match ?? [];
  if (match === null || Number(count) === 0) {
    return [file];
  }
  return Array.from(
    { length: Number(count) },
    (_, index) => `${before}${String(index + 1).padStart(5, "0")}${of}${count}${extension}`,
  );
}
