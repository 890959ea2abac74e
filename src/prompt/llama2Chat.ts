/**
 * Llama 2's own chat format, also that of Code Llama Instruct 7B to 34B. Source: meta-llama/llama, llama/generation.py,
 * `chat_completion`; huggingface.co/blog/llama2.
 */
import type { Dialog } from "./dialog";
import { special, text, type Segment } from "./segments";

/**
 * Every pair of turns is a text of its own between BOS and EOS; the prompt ends with `[/INST]`, without a space. The system
 * text is part of the first user message of the window: it works only there (Llama 2 paper, "Ghost Attention").
 */
export function llama2Segments({ system, pairs, question }: Dialog): Segment[] {
  const users = withSystem(clean(system), [...pairs.map(({ user }) => clean(user)), clean(question)]);
  return users.flatMap((user, index) => {
    const pair = pairs[index];
    const instruction = `[INST] ${user} [/INST]`;
    return pair === undefined
      ? [special("bos"), text(instruction)]
      : [special("bos"), text(`${instruction} ${clean(pair.answer)} `), special("eos")];
  });
}

function withSystem(system: string, [first = "", ...others]: readonly string[]): string[] {
  return [system === "" ? first : strip(`<<SYS>>\n${system}\n<</SYS>>\n\n${first}`), ...others];
}

function clean(content: string): string {
  return strip(breakUpMarkers(content));
}

/**
 * The marks of the format are ordinary text to the tokenizer, so what users and files say must not contain them. Spaces
 * break them up: `[INST]` becomes `[ INST ]`, `<</SYS>>` becomes `<</ SYS >>`, which share no structural token with the
 * mark and can still be read. Forms with other case or inner spaces are not marks to the model and stay as they are.
 */
export function breakUpMarkers(content: string): string {
  return content.replace(/(\[\/?)(INST)(\])|(<<\/?)(SYS)(>>)/g, "$1$4 $2$5 $3$6");
}

function strip(content: string): string {
  let start = 0;
  let end = content.length;
  while (start < end && isOuterSpace(content.charAt(start))) {
    start++;
  }
  while (end > start && isOuterSpace(content.charAt(end - 1))) {
    end--;
  }
  return content.slice(start, end);
}

/** White space of Python's `str.strip`, which the reference uses: U+001C to U+001F and U+0085 too, U+FEFF not. */
function isOuterSpace(character: string): boolean {
  return character !== "\uFEFF" && (/\s/.test(character) || "\x1C\x1D\x1E\x1F\x85".includes(character));
}
