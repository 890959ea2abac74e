/**
 * Markdown as the model writes it -> HTML of its top-level blocks. Pure; what comes out still goes through the sanitiser
 * before it becomes DOM.
 */
import MarkdownIt, { type Env, type StateCore, type Token } from "markdown-it";
import { closeInline } from "./openMarkdown";

export interface MarkdownBlock {
  readonly html: string;
  /** The line of the source where the block begins, from 0. */
  readonly line: number;
}

export interface MarkdownContext {
  /** Link reference definitions seen so far, kept from one piece of a text to the next. */
  readonly references: NonNullable<Env["references"]>;
  /** The text will go on: marks that are open at its end are closed for the time being. */
  readonly open: boolean;
}

/** Inline parsing takes more than linear time on hostile text; no honest paragraph is this long. */
const longestInline = 50_000;
const plainText = "plain_text";

export class MarkdownParser {
  private readonly engine = createEngine();

  /** The blocks of a source. New link reference definitions are added to the context's. */
  blocks(source: string, context: MarkdownContext): MarkdownBlock[] {
    const env: Env = { references: context.references, open: context.open };
    return topLevel(this.engine.parse(source, env)).map((tokens) => ({
      html: this.engine.renderer.render(tokens, this.engine.options, env),
      line: tokens[0]?.map?.[0] ?? 0,
    }));
  }

  /** The line where the last block begins; 0 where there is none. */
  lastBlockLine(source: string, references: MarkdownContext["references"]): number {
    const tokens: Token[] = [];
    this.engine.block.parse(source, this.engine, { references }, tokens);
    return tokens.findLast(({ level, map }) => level === 0 && map !== null)?.map?.[0] ?? 0;
  }
}

function createEngine(): ReturnType<typeof MarkdownIt> {
  const engine = MarkdownIt({ html: false, linkify: true });
  // "text\n-" would be a heading until the list item's words arrive, and models do not underline headings
  engine.disable("lheading");
  // else "knn.py" is a link to Paraguay
  engine.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
  engine.core.ruler.before("inline", "close_inline", closeLastInline);
  engine.core.ruler.after("close_inline", "bound_inline", boundInline);
  const { rules } = engine.renderer;
  rules[plainText] = (tokens, index) => engine.utils.escapeHtml(tokens[index]?.content ?? "");
  rules["image"] = (tokens, index, options, env) =>
    engine.utils.escapeHtml(engine.renderer.renderInlineAsText(tokens[index]?.children ?? [], options, env));
  rules["table_open"] = () => '<div class="table"><table>';
  rules["table_close"] = () => "</table></div>";
  for (const cell of ["th_open", "td_open"]) {
    rules[cell] = (tokens, index, options) => {
      alignByClass(tokens[index]);
      return engine.renderer.renderToken(tokens, index, options);
    };
  }
  rules["link_open"] = (tokens, index, options) => {
    const token = tokens[index];
    token?.attrSet("title", token.attrGet("href") ?? ""); // people see where a link leads, whatever its text says
    return engine.renderer.renderToken(tokens, index, options);
  };
  return engine;
}

/** The page's security policy forbids style attributes. */
function alignByClass(token: Token | undefined): void {
  const alignment = /text-align:\s*(left|center|right)/.exec(String(token?.attrGet("style") ?? ""))?.[1];
  if (token !== undefined) {
    token.attrs = alignment === undefined ? null : [["class", `align-${alignment}`]];
  }
}

function closeLastInline(state: StateCore): void {
  const last = state.tokens.findLast(({ nesting }) => nesting !== -1);
  if (state.env["open"] === true && last?.type === "inline") {
    last.content = closeInline(last.content);
  }
}

function boundInline(state: StateCore): void {
  for (const token of state.tokens) {
    if (token.type === "inline" && token.content.length > longestInline) {
      token.type = plainText;
    }
  }
}

/** Groups the flat token stream by top-level block. */
function topLevel(tokens: readonly Token[]): Token[][] {
  const groups: Token[][] = [];
  let group: Token[] = [];
  for (const token of tokens) {
    group.push(token);
    if (token.level === 0 && token.nesting !== 1) {
      groups.push(group);
      group = [];
    }
  }
  return groups;
}
