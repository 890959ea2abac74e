/**
 * Files dropped on the page. VS Code lets a drag from its Explorer or its editor tabs through to a page while Shift is
 * held, with the files' addresses in formats of its own.
 */
import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from "lit";
import { ActionEvent } from "./actions";
import { strings } from "./strings";

/** In the order of trust: VS Code's own list of what is dragged, that of editors, the web's. */
const URI_LISTS = ["application/vnd.code.uri-list", "resourceurls", "text/uri-list"] as const;

/** The files that a drag names, none where it names none. */
export function droppedUris(data: Pick<DataTransfer, "getData">): readonly string[] {
  for (const format of URI_LISTS) {
    const text = data.getData(format);
    const uris = format === "resourceurls" ? jsonList(text) : text.split(/\r?\n/);
    const files = uris.map((uri) => uri.trim()).filter(isFileLike);
    if (files.length > 0) {
      return [...new Set(files)];
    }
  }
  return [];
}

/** Whether a drag is one of files: its content cannot be read before it is dropped. Text goes into the box as ever. */
export function carriesFiles(types: readonly string[]): boolean {
  const lower = types.map((type) => type.toLowerCase());
  return lower.includes("files") || URI_LISTS.some((format) => lower.includes(format));
}

export class FileDrop implements ReactiveController {
  /** While files are dragged over the page. */
  isOver = false;

  constructor(private readonly host: ReactiveControllerHost & HTMLElement) {
    host.addController(this);
  }

  hostConnected(): void {
    window.addEventListener("dragover", this.onOver);
    window.addEventListener("dragleave", this.onLeave);
    window.addEventListener("drop", this.onDrop);
  }

  hostDisconnected(): void {
    window.removeEventListener("dragover", this.onOver);
    window.removeEventListener("dragleave", this.onLeave);
    window.removeEventListener("drop", this.onDrop);
  }

  private readonly onOver = (event: DragEvent): void => {
    if (event.dataTransfer !== null && carriesFiles(event.dataTransfer.types)) {
      event.preventDefault();
      event.dataTransfer.dropEffect = "copy";
      this.setOver(true);
    }
  };

  /** Only where the page is left: from element to element there are leaves too. */
  private readonly onLeave = (event: DragEvent): void => {
    if (event.relatedTarget === null) {
      this.setOver(false);
    }
  };

  private readonly onDrop = (event: DragEvent): void => {
    this.setOver(false);
    if (event.dataTransfer !== null && carriesFiles(event.dataTransfer.types)) {
      event.preventDefault();
      this.host.dispatchEvent(new ActionEvent({ type: "dropped", uris: droppedUris(event.dataTransfer) }));
    }
  };

  private setOver(isOver: boolean): void {
    if (isOver !== this.isOver) {
      this.isOver = isOver;
      this.host.requestUpdate();
    }
  }
}

/** What the page says while files are over it. */
export function dropHint({ isOver }: FileDrop): TemplateResult | typeof nothing {
  return isOver ? html`<p class="drop-hint">${strings.dropFiles}</p>` : nothing;
}

function jsonList(text: string): readonly string[] {
  try {
    const data: unknown = JSON.parse(text);
    return Array.isArray(data) ? data.filter((one) => typeof one === "string") : [];
  } catch {
    return []; // not in this format
  }
}

/** Links of web pages come in the same formats. */
function isFileLike(uri: string): boolean {
  return /^[a-z][\w+.-]*:/i.test(uri) && !/^(?:https?|data|mailto|javascript|about|blob):/i.test(uri);
}
