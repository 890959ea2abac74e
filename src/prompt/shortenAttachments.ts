/**
 * Shortens the attachments of a question that is too long, at line boundaries, and writes down by how many lines. What is
 * left out first is what stands farthest from the attachment's focus (its cursor or selection), or else its end.
 */
import type { Attachment, UserTurn } from "../protocol/engine";

/** Beyond this no context reaches; a larger text is not tokenized whole just to find out. */
const LONGEST_CHARACTERS = 2 ** 20;

/**
 * The question with as much of its attachments as `fits` says. All get the same room, so a short one stays whole beside a
 * long one. `undefined` where it does not fit without any of them either.
 */
export function shortenAttachments(question: UserTurn, fits: (question: UserTurn) => boolean): UserTurn | undefined {
  const shortened = (room: number): UserTurn => ({
    ...question,
    attachments: (question.attachments ?? []).map((attachment) => shortenAttachment(attachment, room)),
  });
  if (!fits(shortened(0))) {
    return undefined;
  }
  const longest = Math.max(0, ...(question.attachments ?? []).map(({ text }) => text.length));
  let [fitting, tooMuch] = [0, Math.min(longest, LONGEST_CHARACTERS) + 1];
  while (tooMuch - fitting > 1) {
    const middle = Math.floor((fitting + tooMuch) / 2);
    if (fits(shortened(middle))) {
      fitting = middle;
    } else {
      tooMuch = middle;
    }
  }
  return shortened(fitting);
}

/** The lines of an attachment around its focus that have at most `room` characters together. */
export function shortenAttachment(attachment: Attachment, room: number): Attachment {
  const { text, range } = attachment;
  if (text.length <= room) {
    return attachment;
  }
  const lines = text.split("\n");
  const firstLine = range?.start.line ?? 0;
  const { start, end } = window(lines, focusOf(attachment, lines.length), room);
  const kept = lines.slice(start, end);
  const before = attachment.omitted ?? { before: 0, after: 0 };
  return {
    ...attachment,
    text: kept.join("\n"),
    range: {
      start: { line: firstLine + start, character: start === 0 ? (range?.start.character ?? 0) : 0 },
      end: { line: firstLine + Math.max(start, end - 1), character: kept.at(-1)?.length ?? 0 },
    },
    omitted: { before: before.before + start, after: before.after + lines.length - end },
  };
}

/** Lines of the text, counted from 0, `end` not included. */
interface Lines {
  readonly start: number;
  readonly end: number;
}

function focusOf({ focus, range }: Attachment, lineCount: number): Lines {
  if (focus === undefined) {
    return { start: 0, end: 0 };
  }
  const firstLine = range?.start.line ?? 0;
  const inside = (line: number): number => Math.min(lineCount - 1, Math.max(0, line - firstLine));
  return { start: inside(focus.start.line), end: inside(focus.end.line) + 1 };
}

/** Grows from the start of the focus, over the focus, then by the nearer of the two lines beside it while there is room. */
function window(lines: readonly string[], focus: Lines, room: number): Lines {
  let start = focus.start;
  let end = focus.start;
  let used = 0;
  const takes = (index: number): boolean => {
    const line = lines[index];
    const isTaken = line !== undefined && used + line.length + 1 <= room;
    used += isTaken ? line.length + 1 : 0;
    return isTaken;
  };
  for (let [up, down] = [true, true]; up || down;) {
    if (down && (!up || end - focus.end <= focus.start - start)) {
      down = takes(end);
      end += down ? 1 : 0;
    } else {
      up = takes(start - 1);
      start -= up ? 1 : 0;
    }
  }
  return { start, end };
}
