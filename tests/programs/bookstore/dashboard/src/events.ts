export type Action = "incoming_chat_thread" | "thread_closed" | "incoming_event";

export interface Hook {
  webhook_id: string;
  secret_key: string;
  action: Action;
  payload: Record<string, unknown>;
}

export function label(hook: Hook): string {
  switch (hook.action) {
    case "incoming_chat_thread":
      return "new chat";
    case "thread_closed":
      return "chat closed";
    default:
      return "message";
  }
}
