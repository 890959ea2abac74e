/** The one message between the server and the hub process that is not of the protocol: the settings, before each request. */
import { ProtocolNotificationType } from "vscode-languageserver/node";
import type { HubSettings } from "./places";

export const HubSettingsNotification = {
  type: new ProtocolNotificationType<HubSettings, void>("hub/settings"),
} as const;
