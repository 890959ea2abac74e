/** Choices of completions that the settings offer; read by the inference process, listed by the extension. */

/**
 * How sure the model has to be of what is shown unasked: `eager` shows everything, `balanced` leaves out what is most
 * likely wrong, `cautious` what is not likely right.
 */
export const EAGERNESS_CHOICES = ["eager", "balanced", "cautious"] as const;
export type Eagerness = (typeof EAGERNESS_CHOICES)[number];

/** Whether a suggestion may have several lines: as the code asks for it, only the cursor's line, or up to the block's end. */
export const MULTILINE_CHOICES = ["auto", "never", "always"] as const;
export type Multiline = (typeof MULTILINE_CHOICES)[number];
