/** The list of saved conversations: a quick pick that searches titles and texts, with buttons to rename, pin and delete. */
import * as vscode from "vscode";
import { DisposableList } from "../../../base/disposables";
import { pickerRows, type PickerRow } from "./pickerRows";
import type { ConversationHead } from "./storedConversation";

export interface PickerParts {
  readonly list: () => Promise<readonly ConversationHead[]>;
  /** The id of the conversation that is shown in the chat. */
  readonly shown: () => string;
  readonly pin: (id: string, pinned: boolean) => Promise<void>;
  readonly remove: (head: ConversationHead) => Promise<void>;
}

/** What the list was left for. `typed` is what stood in its search box, to come back to. */
export type PickerResult =
  | { readonly kind: "open"; readonly head: ConversationHead }
  | { readonly kind: "rename"; readonly head: ConversationHead; readonly typed: string }
  | { readonly kind: "clear" };

interface Item extends vscode.QuickPickItem {
  readonly head?: ConversationHead;
}

/** Resolves when something was chosen, or with `undefined` when the list was left without. */
export async function pickConversation(parts: PickerParts, typed: string): Promise<PickerResult | undefined> {
  const list = new ConversationPicker(parts);
  try {
    return await list.show(typed);
  } finally {
    list.dispose();
  }
}

class ConversationPicker {
  private readonly disposables = new DisposableList();
  private readonly quickPick = this.disposables.add(vscode.window.createQuickPick<Item>());
  private readonly buttons = createButtons();
  private heads: readonly ConversationHead[] = [];
  private drawn = "";
  /** Enter was pressed while the rows were being replaced: the row that is chosen next is meant. */
  private isAccepted = false;

  constructor(private readonly parts: PickerParts) {
    this.quickPick.title = vscode.l10n.t("Conversations");
    this.quickPick.placeholder = vscode.l10n.t("Search in titles and texts");
    this.quickPick.keepScrollPosition = true;
    this.quickPick.busy = true;
  }

  async show(typed: string): Promise<PickerResult | undefined> {
    const { quickPick } = this;
    const result = new Promise<PickerResult | undefined>((resolve) => {
      this.disposables.add(
        quickPick.onDidHide(() => {
          resolve(undefined);
        }),
      );
      this.disposables.add(
        quickPick.onDidAccept(() => {
          this.accept([...quickPick.selectedItems, ...quickPick.activeItems], resolve);
        }),
      );
      this.disposables.add(
        quickPick.onDidChangeActive((items) => {
          if (this.isAccepted) {
            this.accept(items, resolve);
          }
        }),
      );
      this.disposables.add(
        quickPick.onDidTriggerButton(() => {
          resolve({ kind: "clear" });
        }),
      );
      this.disposables.add(
        quickPick.onDidTriggerItemButton(({ button, item: { head } }) => {
          if (head === undefined) {
            return;
          }
          if (button === this.buttons.rename) {
            resolve({ kind: "rename", head, typed: quickPick.value });
          } else {
            void this.change(button, head);
          }
        }),
      );
    });
    this.disposables.add(
      quickPick.onDidChangeValue(() => {
        this.draw();
      }),
    );
    quickPick.value = typed;
    quickPick.show();
    await this.refresh();
    return result;
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private accept(items: readonly Item[], resolve: (result: PickerResult) => void): void {
    const head = items.find((item) => item.head !== undefined)?.head;
    this.isAccepted = head === undefined;
    if (head !== undefined) {
      resolve({ kind: "open", head });
    }
  }

  /** The list stays open: who tidies up, deletes more than one. */
  private async change(button: vscode.QuickInputButton, head: ConversationHead): Promise<void> {
    if (button === this.buttons.remove) {
      await this.parts.remove(head);
    } else {
      await this.parts.pin(head.id, !head.pinned);
    }
    await this.refresh();
  }

  private async refresh(): Promise<void> {
    this.heads = await this.parts.list();
    this.quickPick.busy = false;
    this.quickPick.buttons = this.heads.length === 0 ? [] : [this.buttons.clear];
    const active = this.quickPick.activeItems[0]?.head?.id;
    this.draw();
    const again = this.quickPick.items.find(({ head }) => head !== undefined && head.id === active);
    if (again !== undefined) {
      this.quickPick.activeItems = [again];
    }
  }

  /** While people type VS Code chooses the first row that fits, and new items must not choose another. */
  private draw(): void {
    const { quickPick } = this;
    const rows = pickerRows({
      heads: this.heads,
      typed: quickPick.value,
      shown: this.parts.shown(),
      now: new Date(),
      language: vscode.env.language,
      translate: vscode.l10n.t,
    });
    // most keys change nothing that is in the rows, and new rows would have to be chosen anew
    const drawn = JSON.stringify(rows, (key, value: unknown) => (key === "text" ? undefined : value));
    if (drawn === this.drawn) {
      return;
    }
    this.drawn = drawn;
    quickPick.items =
      rows.length === 0
        ? [{ label: vscode.l10n.t("No conversation is saved yet.") }]
        : rows.map((row) => this.item(row));
  }

  private item(row: PickerRow): Item {
    if (row.kind === "separator") {
      return { label: row.label, kind: vscode.QuickPickItemKind.Separator };
    }
    const { pin, unpin, rename, remove } = this.buttons;
    return {
      head: row.head,
      label: withoutIcons(row.label),
      description: row.description,
      buttons: [row.head.pinned ? unpin : pin, rename, remove],
      ...(row.found === undefined ? {} : { detail: withoutIcons(row.found), alwaysShow: true }),
    };
  }
}

/** A quick pick draws "$(name)" as an icon. */
function withoutIcons(text: string): string {
  return text.replaceAll("$(", "\\$(");
}

function createButtons(): Readonly<Record<"pin" | "unpin" | "rename" | "remove" | "clear", vscode.QuickInputButton>> {
  const button = (icon: string, tooltip: string): vscode.QuickInputButton => ({
    iconPath: new vscode.ThemeIcon(icon),
    tooltip,
  });
  return {
    pin: button("pin", vscode.l10n.t("Pin")),
    unpin: button("pinned", vscode.l10n.t("Unpin")),
    rename: button("edit", vscode.l10n.t("Rename…")),
    remove: button("trash", vscode.l10n.t("Delete")),
    clear: button("clear-all", vscode.l10n.t("Delete All Conversations…")),
  };
}
