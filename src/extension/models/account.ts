/** Signing in to the Hub and out of it: the token is tried before it is kept, and never shown again. */
import * as vscode from "vscode";
import type { HubFacts, HubUser } from "../../protocol/models";
import { notifyError } from "../notifyUser";
import type { Hub } from "./hub";
import type { HubToken } from "./hubToken";

interface WayItem extends vscode.QuickPickItem {
  readonly way: "found" | "paste" | "create";
}

export class Account {
  constructor(
    private readonly hub: Pick<Hub, "facts" | "whoAmI">,
    private readonly token: HubToken,
  ) {}

  /** Resolves with the user, or `undefined` where nobody has signed in; what went wrong has been said then. */
  async signIn(): Promise<HubUser | undefined> {
    for (;;) {
      try {
        return await this.signInOnce();
      } catch (error) {
        if (!(await wantsAgain(error))) {
          return undefined;
        }
      }
    }
  }

  async signOut(): Promise<void> {
    const had = (await this.token.get()) !== undefined;
    await this.token.delete();
    const { tokenFound } = await this.hub.facts(anySignal());
    const text = had
      ? vscode.l10n.t("Signed out of the Hugging Face Hub; the token is deleted.")
      : vscode.l10n.t("You were not signed in to the Hugging Face Hub.");
    const rest =
      tokenFound === undefined
        ? ""
        : ` ${vscode.l10n.t("A token outside VS Code is still used: {0}.", foundWhere(tokenFound))}`;
    void vscode.window.showInformationMessage(text + rest);
  }

  private async signInOnce(): Promise<HubUser | undefined> {
    const facts = await this.hub.facts(anySignal());
    const item = await vscode.window.showQuickPick(ways(facts), {
      title: vscode.l10n.t("Sign In to the Hugging Face Hub"),
      placeHolder: vscode.l10n.t("An access token lets you download models that ask for it"),
      ignoreFocusOut: true,
    });
    switch (item?.way) {
      case "found":
        return this.useFound();
      case "paste":
        return this.paste(facts);
      case "create":
        await vscode.env.openExternal(vscode.Uri.parse(tokenPage(facts)));
        return this.paste(facts);
      case undefined:
        return undefined;
    }
  }

  /** What the environment or the Hub's token file has is used without being stored here. */
  private async useFound(): Promise<HubUser> {
    await this.token.delete();
    return this.welcome(await this.whoAmI(undefined));
  }

  private async paste(facts: HubFacts): Promise<HubUser | undefined> {
    const text = await vscode.window.showInputBox({
      title: vscode.l10n.t("Access Token of the Hugging Face Hub"),
      prompt: vscode.l10n.t(
        "A token with the permission to read, from {0}. VS Code keeps it encrypted.",
        tokenPage(facts),
      ),
      placeHolder: "hf_…",
      password: true,
      ignoreFocusOut: true,
      validateInput: (value) =>
        value.trim() === "" || /^hf_\w+$/.test(value.trim())
          ? undefined
          : vscode.l10n.t('An access token begins with "hf_" and has letters and digits only.'),
    });
    const token = text?.trim() ?? "";
    if (token === "") {
      return undefined;
    }
    const user = await this.whoAmI(token);
    await this.token.store(token);
    return this.welcome(user);
  }

  private async whoAmI(token: string | undefined): Promise<HubUser> {
    const title = vscode.l10n.t("Asking the Hugging Face Hub who you are…");
    return vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title }, () =>
      Promise.resolve(this.hub.whoAmI(token, anySignal())),
    );
  }

  private welcome(user: HubUser): HubUser {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("Signed in to the Hugging Face Hub as {0}.", user.fullName ?? user.name),
    );
    return user;
  }
}

/** Whoever asked to sign in goes on with it when it works the second time. */
async function wantsAgain(error: unknown): Promise<boolean> {
  let again = false;
  await notifyError(error, { title: vscode.l10n.t("Try Again"), run: () => (again = true) });
  return again;
}

function ways({ tokenFound }: HubFacts): readonly WayItem[] {
  const found: WayItem[] =
    tokenFound === undefined
      ? []
      : [
          {
            way: "found",
            label: vscode.l10n.t("$(check) Use the Token on This Machine"),
            description: foundWhere(tokenFound),
          },
        ];
  return [
    ...found,
    { way: "paste", label: vscode.l10n.t("$(key) Paste a Token…") },
    {
      way: "create",
      label: vscode.l10n.t("$(link-external) Create a Token…"),
      description: vscode.l10n.t("opens the Hub's page; then paste it here"),
    },
  ];
}

function foundWhere(origin: NonNullable<HubFacts["tokenFound"]>): string {
  return origin === "environment"
    ? vscode.l10n.t("the environment variable HF_TOKEN")
    : vscode.l10n.t("the token file of the Hugging Face programs");
}

function tokenPage({ endpoint }: HubFacts): string {
  return `${endpoint}/settings/tokens`;
}

/** Accounts are asked about in a moment; nothing here can be cancelled. */
function anySignal(): AbortSignal {
  return new AbortController().signal;
}
