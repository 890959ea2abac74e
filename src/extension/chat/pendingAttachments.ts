/** The code that the next question of a conversation will carry. Pure. */
import { isSameAttachment, type CodeAttachment } from "./attachment";

export class PendingAttachments {
  private attachments: readonly CodeAttachment[] = [];

  constructor(private readonly changed: () => void) {}

  get all(): readonly CodeAttachment[] {
    return this.attachments;
  }

  /** Adds code once; the newer text counts. */
  add(attachment: CodeAttachment): void {
    const index = this.attachments.findIndex((one) => isSameAttachment(one, attachment));
    this.set(index === -1 ? [...this.attachments, attachment] : this.attachments.with(index, attachment));
  }

  /** Those of a question that was taken back go before what was attached since. */
  addFirst(attachments: readonly CodeAttachment[]): void {
    this.set([...attachments, ...this.attachments]);
  }

  remove(index: number): void {
    this.set(this.attachments.filter((_, at) => at !== index));
  }

  /** They are the caller's now. */
  take(): readonly CodeAttachment[] {
    const taken = this.attachments;
    this.set([]);
    return taken;
  }

  private set(attachments: readonly CodeAttachment[]): void {
    if (attachments.length > 0 || this.attachments.length > 0) {
      this.attachments = attachments;
      this.changed();
    }
  }
}
