/**
 * Prompts any model whose header has a chat template. The template's text is markup, what users, files and the model said
 * is text, and both are told apart in the rendered prompt.
 */
import { Template } from "@huggingface/jinja";
import type { Dialog } from "./dialog";
import { MARKUP_CHARACTERS, markup, special, text, type Segment } from "./segments";

/** The chat template in a model's header, with the texts its special-token variables stand for. */
export interface ChatTemplate {
  readonly source: string;
  readonly bosText: string;
  readonly eosText: string;
}

interface Message {
  readonly role: "system" | "user" | "assistant";
  readonly content: string;
}

/**
 * Renders the template. While it renders, contents stand under a disguise (see `Disguise`), so that the template can trim,
 * measure or join them, and nothing in them is taken for markup afterwards. A template that refuses or ignores a system
 * turn gets the system text at the start of the first user turn. Throws where the template fails on plain turns as well.
 */
export function templateSegments(dialog: Dialog, template: ChatTemplate): Segment[] {
  const compiled = new Template(template.source);
  const [guarded, transformable] = [
    renderDisguised(compiled, template, dialog, GUARDED),
    renderDisguised(compiled, template, dialog, NAMES_ONLY),
  ];
  // They differ where the template changes letters (`content | upper`): there the looser disguise is the right one.
  const segments = textOf(guarded) === textOf(transformable) ? guarded : transformable;
  const [first] = segments;
  const beginsWithBos = template.bosText !== "" && first?.kind === "markup" && first.text.startsWith(template.bosText);
  return beginsWithBos ? segments : [special("start"), ...segments];
}

function textOf(segments: readonly Segment[]): string {
  return segments.map((segment) => ("text" in segment ? segment.text : "")).join("");
}

function renderDisguised(compiled: Template, template: ChatTemplate, dialog: Dialog, exposed: RegExp): Segment[] {
  const { source, bosText, eosText } = template;
  const contents = messagesOf(dialog).map(({ content }) => content);
  const disguise = new Disguise([source, bosText, eosText, ...contents].join(""), exposed);
  const rendered = renderDialog(compiled, template, {
    system: disguise.put(dialog.system),
    pairs: dialog.pairs.map(({ user, answer }) => ({ user: disguise.put(user), answer: disguise.put(answer) })),
    question: disguise.put(dialog.question),
  });
  return disguise.takeOff(rendered);
}

function renderDialog(compiled: Template, { bosText, eosText }: ChatTemplate, dialog: Dialog): string {
  const render = (messages: readonly Message[]): string =>
    compiled.render({ messages, add_generation_prompt: true, bos_token: bosText, eos_token: eosText });
  if (dialog.system.trim() === "") {
    return render(messagesOf({ ...dialog, system: "" }));
  }
  const folded = messagesOf(withSystemInFirstTurn(dialog));
  let rendered: string;
  try {
    rendered = render(messagesOf(dialog));
  } catch {
    return render(folded); // many templates raise an exception for a system turn; any other error is raised again here
  }
  return rendered === render(messagesOf({ ...dialog, system: "" })) ? render(folded) : rendered;
}

function withSystemInFirstTurn({ system, pairs: [first, ...others], question }: Dialog): Dialog {
  const withSystem = (user: string): string => `${system}\n\n${user}`;
  return first === undefined
    ? { system: "", pairs: [], question: withSystem(question) }
    : { system: "", pairs: [{ ...first, user: withSystem(first.user) }, ...others], question };
}

function messagesOf({ system, pairs, question }: Dialog): Message[] {
  return [
    ...(system === "" ? [] : [{ role: "system", content: system } as const]),
    ...pairs.flatMap(
      ({ user, answer }) =>
        [
          { role: "user", content: user },
          { role: "assistant", content: answer },
        ] as const,
    ),
    { role: "user", content: question },
  ];
}

const MARKUP_CLASS = `[${MARKUP_CHARACTERS.join("").replace(/[[\]]/g, "\\$&")}]`;
/** What names of special tokens cannot do without. */
const NAMES_ONLY = new RegExp(MARKUP_CLASS, "gu");
/** Also a content's first and last character, so that it cannot complete a name together with the template's text. */
const GUARDED = new RegExp(`${MARKUP_CLASS}|(?<=^\\s*)\\S|\\S(?=\\s*$)`, "gu");

/**
 * Replaces the characters that could make content look like markup by stand-ins that occur nowhere else. White space
 * stays, for templates that trim. Unlike one placeholder for each content this also outlives templates that cut, measure
 * or change contents: what is left of them is still recognised as text.
 */
class Disguise {
  private readonly standIns = new Map<string, string>();
  private next = 0;

  /** `taken` holds every character that may come up in the rendered prompt by itself. */
  constructor(
    private readonly taken: string,
    private readonly exposed: RegExp,
  ) {}

  put(content: string): string {
    return content.replace(this.exposed, (character) => this.standIn(character));
  }

  takeOff(rendered: string): Segment[] {
    const originals = new Map([...this.standIns].map(([character, standIn]) => [standIn, character]));
    const segments: Segment[] = [];
    let plain = "";
    for (const character of rendered) {
      const original = originals.get(character);
      if (original === undefined) {
        plain += character;
      } else {
        segments.push(...(plain === "" ? [] : [markup(plain)]), text(original));
        plain = "";
      }
    }
    return plain === "" ? segments : [...segments, markup(plain)];
  }

  private standIn(character: string): string {
    const known = this.standIns.get(character);
    if (known !== undefined) {
      return known;
    }
    const found = this.unusedCharacter();
    this.standIns.set(character, found);
    return found;
  }

  /** Noncharacters first (U+FDD0 to U+FDEF, for a program's own use), then the private use area. */
  private unusedCharacter(): string {
    for (;;) {
      const candidate = String.fromCharCode(this.next < 32 ? 0xfdd0 + this.next : 0xe000 + this.next - 32);
      this.next++;
      if (!this.taken.includes(candidate)) {
        return candidate;
      }
    }
  }
}
