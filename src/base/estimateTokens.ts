/**
 * How many tokens a text has, where the model's tokenizer cannot be asked. Made for Llama 2's vocabulary, which has a token
 * for each digit, for words and pieces of words, for most punctuation and for runs of spaces, and writes what it has no
 * token for byte by byte. Rather a tenth or a third too high than too low.
 */
export function estimateTokens(text: string): number {
  let tokens = 0;
  for (const [piece] of text.matchAll(/[A-Z]?[a-z]+|[A-Z]+|[ \t]+|[\x21-\x2f\x3a-\x40\x5b-\x60\x7b-\x7e]+|[^]/gu)) {
    tokens += tokensOf(piece);
  }
  return tokens;
}

function tokensOf(piece: string): number {
  const code = piece.codePointAt(0) ?? 0;
  if (isLetter(code)) {
    return piece.length <= 4 ? 1 : piece.length / 4;
  }
  if (piece === " ") {
    return 0; // part of the word after it
  }
  if (piece.startsWith(" ") || piece.startsWith("\t")) {
    return 1 + piece.length / 16;
  }
  if (code < 0x80) {
    return piece.length === 1 ? 1 : piece.length * 0.75;
  }
  return code < 0x800 ? 1 : code < 0x10000 ? 2 : 4;
}

function isLetter(code: number): boolean {
  return (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
}
