/** The menu behind the status bar item. */
import * as vscode from "vscode";
import { CommandIds, SETTINGS_SECTION, type CommandId } from "../contributions";

export interface MenuFacts {
  /** What the status bar says, in words. */
  readonly title: string;
  /** What its tooltip says: one line for each thing. */
  readonly detail: string;
  readonly completionsOn: boolean;
  /** Of the active editor. */
  readonly languageId: string | undefined;
  readonly languageOn: boolean;
  /** Suggestions in that language so far. */
  readonly shown: number;
  readonly accepted: number;
}

interface MenuItem extends vscode.QuickPickItem {
  readonly command?: CommandId | "workbench.action.openSettings";
}

export async function showMenu(facts: MenuFacts): Promise<void> {
  const chosen = await vscode.window.showQuickPick(menuItems(facts), {
    title: facts.title,
    placeHolder: facts.detail.replaceAll("\n", " · "),
  });
  if (chosen?.command === "workbench.action.openSettings") {
    await vscode.commands.executeCommand(chosen.command, `${SETTINGS_SECTION}.`);
  } else if (chosen?.command !== undefined) {
    await vscode.commands.executeCommand(chosen.command);
  }
}

function menuItems(facts: MenuFacts): readonly MenuItem[] {
  const { completionsOn, languageId, languageOn, shown, accepted } = facts;
  const { t } = vscode.l10n;
  const toggle: MenuItem = {
    label: completionsOn ? t("$(circle-slash) Turn Completions Off") : t("$(check) Turn Completions On"),
    command: CommandIds.toggleCompletions,
  };
  const toggleLanguage: MenuItem = {
    label: languageOn
      ? t("$(circle-slash) Turn Completions Off for {0}", languageId ?? "")
      : t("$(check) Turn Completions On for {0}", languageId ?? ""),
    command: CommandIds.toggleCompletionsForLanguage,
  };
  const counts: MenuItem = {
    label: t("$(graph) {0}: {1} suggestions accepted, {2} ignored", languageId ?? "", accepted, shown - accepted),
    description: t("counted on this machine only"),
  };
  return [
    { label: t("$(comment-discussion) Open Chat"), command: CommandIds.focusChat },
    { label: t("$(library) Models"), command: CommandIds.showModels },
    { label: t("$(file) Select Model File…"), command: CommandIds.selectModelFile },
    toggle,
    ...(languageId === undefined || !completionsOn ? [] : [toggleLanguage]),
    ...(languageId === undefined || shown === 0 ? [] : [counts]),
    { label: "", kind: vscode.QuickPickItemKind.Separator },
    { label: t("$(coffee) Unload Models"), command: CommandIds.unloadModels },
    { label: t("$(debug-restart) Restart Engine"), command: CommandIds.restartEngine },
    { label: t("$(output) Show Log"), command: CommandIds.showLog },
    { label: t("$(symbol-string) Show Last Prompt"), command: CommandIds.showLastPrompt },
    { label: t("$(clippy) Copy Completion Diagnostics"), command: CommandIds.copyCompletionDiagnostics },
    { label: t("$(gear) Settings"), command: "workbench.action.openSettings" },
  ];
}
