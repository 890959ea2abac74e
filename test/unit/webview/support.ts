/** Data that several tests of the chat page share. */
import type { GenerationFigures } from "../../../src/protocol/chatView";

export const figures: GenerationFigures = {
  model: "TinyLlama 1.1B",
  device: "CPU",
  promptTokens: 1512,
  cachedTokens: 480,
  answerTokens: 212,
  firstTokenMs: 1234,
  totalMs: 23_456,
  tokensPerSecond: 9.83,
};
