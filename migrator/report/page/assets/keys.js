// Handle keys, the switch that turns them off, and the theme.
const THEMES = ["auto", "light", "dark"];

function stored(key, value) {
  try {
    if (value === undefined) return localStorage.getItem(key);
    localStorage.setItem(key, value);
  } catch (_) { /* storage is denied: applies to this visit only */ }
  return null;
}

function showTheme() {
  byId("theme").querySelector("span").textContent = document.documentElement.dataset.theme || "auto";
}

function nextTheme() {
  const root = document.documentElement;
  const next = THEMES[(THEMES.indexOf(root.dataset.theme || "auto") + 1) % THEMES.length];
  if (next === "auto") delete root.dataset.theme;
  else root.dataset.theme = next;
  stored("migrator-theme", next);
  showTheme();
}

const KEYS = {
  j: () => goTo(list.at + 1),
  k: () => goTo(list.at < 0 ? 0 : list.at - 1),
  e: () => flipEvidence(),
  x: () => change(clearFilter),
  t: () => nextTheme(),
  "/": () => { byId("filters").open = true; byId("query").focus(); byId("query").select(); },
  "?": () => byId("help").showModal(),
};

function flipEvidence() {
  const open = document.activeElement.closest(".place");
  const details = open && open.querySelector("details");
  if (details) details.open = !details.open;
}

function onKey(event) {
  const typing = event.target.closest("input:not([type=checkbox]), textarea, select");
  if (event.key === "Escape" && event.target.id === "query") {
    event.preventDefault();
    if (filter.query) change(() => { filter.query = ""; });
    else event.target.blur();
  }
  if (typing || event.ctrlKey || event.metaKey || event.altKey || byId("help").open || !byId("use-keys").checked) return;
  const onPlace = event.target.classList.contains("place");
  const arrow = onPlace ? { ArrowDown: "j", ArrowUp: "k" }[event.key] : undefined;
  const act = KEYS[arrow || event.key];
  if (!act) return;
  event.preventDefault();
  act();
}

function startKeys() {
  const use = byId("use-keys");
  use.checked = stored("migrator-keys") !== "off";
  use.addEventListener("change", () => stored("migrator-keys", use.checked ? "on" : "off"));
  byId("theme").addEventListener("click", nextTheme);
  byId("help-open").addEventListener("click", KEYS["?"]);
  document.addEventListener("keydown", onKey);
  document.addEventListener("focusin", (event) => {
    const at = event.target.closest(".place");
    if (at) list.at = Number(at.dataset.index);
  });
  showTheme();
}
