/**
 * A Markdown text that grows, as HTML blocks of which the finished ones are given out once and never touched again.
 * Markdown is parsed line by line, so once a later block has begun on a complete line, the blocks before it cannot change.
 */
import { type MarkdownParser, type MarkdownContext } from "./markdown";
import { withoutDanglingMarks } from "./openMarkdown";

export interface BlockUpdate {
  /** So many blocks from the start stay as they are; `blocks` replace everything after them. */
  readonly keep: number;
  /** HTML, one string a block. */
  readonly blocks: readonly string[];
}

export class BlockStream {
  private references: MarkdownContext["references"] = {};
  /** The part of the text whose blocks are finished, and how many they are. */
  private finishedText = "";
  private finishedCount = 0;

  constructor(private readonly parser: MarkdownParser) {}

  /** Takes the whole text so far. Where it does not begin with what was finished, everything is given out anew. */
  update(fullText: string, complete: boolean): BlockUpdate {
    const text = fullText.includes("\r") ? fullText.replaceAll("\r", "") : fullText;
    if (!text.startsWith(this.finishedText)) {
      this.references = {};
      this.finishedText = "";
      this.finishedCount = 0;
    }
    const keep = this.finishedCount;
    const finished = complete ? [] : this.finish(text.slice(this.finishedText.length));
    const tail = text.slice(this.finishedText.length);
    const open = this.parser.blocks(complete ? tail : withoutDanglingMarks(tail), {
      references: { ...this.references },
      open: !complete,
    });
    return { keep, blocks: [...finished, ...open.map(({ html }) => html)] };
  }

  /** Moves the blocks that can no longer change from the tail to the finished part; answers their HTML. */
  private finish(tail: string): string[] {
    const completeLines = tail.slice(0, tail.lastIndexOf("\n") + 1);
    const lastLine = this.parser.lastBlockLine(completeLines, { ...this.references });
    if (lastLine === 0) {
      return [];
    }
    const finished = completeLines.slice(0, offsetOfLine(completeLines, lastLine));
    const blocks = this.parser.blocks(finished, { references: this.references, open: false });
    this.finishedText += finished;
    this.finishedCount += blocks.length;
    return blocks.map(({ html }) => html);
  }
}

function offsetOfLine(text: string, line: number): number {
  let offset = 0;
  for (let passed = 0; passed < line; passed++) {
    offset = text.indexOf("\n", offset) + 1;
  }
  return offset;
}
