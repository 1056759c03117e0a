import { bots } from "./livechat";

const list = document.querySelector("#bots")!;
bots(localStorage.getItem("token") ?? "").then((names) => {
  list.textContent = names.join(", ");
});
