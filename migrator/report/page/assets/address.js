// Keep the filters in the fragment of the page's address.
const filter = { query: "", states: new Set(), rules: new Set(), folder: "" };

function readAddress() {
  const said = new URLSearchParams(location.hash.slice(1));
  const list = (key, known) => new Set((said.get(key) || "").split(",").filter((id) => known.some((each) => each.id === id)));
  filter.query = said.get("q") || "";
  filter.states = list("state", states);
  filter.rules = list("rule", rules);
  filter.folder = said.get("folder") || "";
}

function writeAddress() {
  const said = new URLSearchParams();
  if (filter.query) said.set("q", filter.query);
  if (filter.states.size) said.set("state", [...filter.states].join(","));
  if (filter.rules.size) said.set("rule", [...filter.rules].join(","));
  if (filter.folder) said.set("folder", filter.folder);
  const hash = said.toString().replaceAll("%2C", ",").replaceAll("%2F", "/");
  try {
    history.replaceState(null, "", hash ? "#" + hash : location.pathname + location.search);
  } catch (_) { /* an address that may not be changed is left */ }
}

function isFiltered() {
  return Boolean(filter.query || filter.states.size || filter.rules.size || filter.folder);
}

function clearFilter() {
  filter.query = filter.folder = "";
  filter.states.clear();
  filter.rules.clear();
}

function toggle(set, id) {
  if (!set.delete(id)) set.add(id);
}
