/** System prompts to choose from. The models were trained in English, so the prompts are not translated; their names are. */
import { strings } from "./strings";

export interface Preset {
  readonly name: string;
  readonly systemPrompt: string;
}

export const presets: readonly Preset[] = [
  { name: strings.presetNone, systemPrompt: "" },
  {
    name: strings.presetConcise,
    systemPrompt:
      "You are an experienced programmer. Answer briefly and exactly. Show code first, in fenced blocks with the " +
      "language named, and explain only what is not obvious. If you are not sure, say so.",
  },
  {
    name: strings.presetTeacher,
    systemPrompt:
      "You are a patient programming teacher. Explain step by step, in plain words, why something works before you show " +
      "how. Use small examples, and end with one question that lets the reader check what they have understood.",
  },
  {
    name: strings.presetSpanish,
    systemPrompt: "Responde siempre en español. Deja el código y los nombres de las API en inglés.",
  },
];
