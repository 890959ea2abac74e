/** The language of answers, and the one remark that Llama 2 is meant for English. */
import * as vscode from "vscode";
import { answerLanguageOf } from "./answerLanguage";
import { SettingDefinitions } from "../contributions";
import { readSettings } from "../settings";

const TOLD_KEY = "llama2.toldAboutLanguages";

export class LanguageNotice {
  constructor(private readonly memento: vscode.Memento) {}

  /** By its English name; `undefined` for English. */
  current(): string | undefined {
    return answerLanguageOf(readSettings().answerLanguage, vscode.env.language);
  }

  /** To be called when something is asked; says it the first time only, on this machine. */
  async tellOnce(): Promise<void> {
    const language = this.current();
    if (language === undefined || this.memento.get(TOLD_KEY) === true) {
      return;
    }
    await this.memento.update(TOLD_KEY, true);
    const change = vscode.l10n.t("Change Language");
    const choice = await vscode.window.showInformationMessage(
      vscode.l10n.t(
        "The model card of Llama 2 names English as the only language it is meant for. Answers in another language ({0}) may be worse.",
        language,
      ),
      change,
    );
    if (choice === change) {
      await vscode.commands.executeCommand("workbench.action.openSettings", SettingDefinitions.chatAnswerLanguage.key);
    }
  }
}
