const BASE = "https://api.livechatinc.com/v3.1/configuration/action";

export async function bots(token: string): Promise<string[]> {
  const response = await fetch(`${BASE}/get_bot_agents`, {
    method: "POST",
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
    body: JSON.stringify({ all: true }),
  });
  const document = await response.json();
  return document.bot_agents.map((bot: { name: string }) => bot.name);
}
