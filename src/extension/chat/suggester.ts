/** Answers the page's list over the message box: hands what was typed to the trigger's source, newest request first and last. */
import type { Suggestion, SuggestPick, SuggestReply, SuggestRequest, SuggestTrigger } from "../../protocol/chatView";

/** What can be chosen behind one trigger. */
export interface SuggestSource {
  /**
   * Finds entries for what was typed. `show` takes the whole list so far and may be called again when slower parts have
   * come; it is called at least once, with an empty list where nothing matches.
   */
  suggest(query: string, show: (items: readonly Suggestion[]) => void, signal: AbortSignal): Promise<void>;
  /** Does what an entry without `insert` stands for. The id comes from the page and is to be parsed. */
  pick(id: string): Promise<void>;
}

export type SuggestSources = Readonly<Partial<Record<SuggestTrigger, SuggestSource>>>;

export class Suggester {
  private running = new AbortController();

  constructor(
    private readonly sources: SuggestSources,
    private readonly post: (reply: SuggestReply) => void,
  ) {}

  /** Resolves when everything has been found, or another request has come. */
  async suggest({ id, trigger, query }: SuggestRequest): Promise<void> {
    this.running.abort();
    const { signal } = (this.running = new AbortController());
    let found: readonly Suggestion[] = [];
    const reply = (done: boolean): void => {
      if (!signal.aborted) {
        this.post({ type: "suggestions", id, items: found, done });
      }
    };
    try {
      await this.sources[trigger]?.suggest(
        query,
        (items) => {
          found = items;
          reply(false);
        },
        signal,
      );
    } finally {
      reply(true); // also after a failure: the list must not say for ever that it is searching
    }
  }

  async pick({ trigger, item }: SuggestPick): Promise<void> {
    await this.sources[trigger]?.pick(item);
  }
}
