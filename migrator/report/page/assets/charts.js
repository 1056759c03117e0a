// Draw the charts, which are also the filters: a bar for each rule and folder, in the colours of the states.
const FIRST_BARS = 8;
const opened = new Set();
const paths = new Set(files.map(({ path }) => path));

function tally(found, key) {
  const groups = new Map();
  for (const made of found) {
    const id = key(made);
    if (id === null) continue;
    if (!groups.has(id)) groups.set(id, { all: 0 });
    const group = groups.get(id);
    group.all += 1;
    group[made.state] = (group[made.state] || 0) + 1;
  }
  return groups;
}

// Bars are SVG shapes, because the content security policy forbids style attributes.
function bar(counts, most) {
  const space = "http://www.w3.org/2000/svg";
  const drawn = document.createElementNS(space, "svg");
  drawn.setAttribute("aria-hidden", "true");
  drawn.setAttribute("class", "bar-chart");
  let at = 0;
  for (const { id } of states) {
    if (!counts[id]) continue;
    const part = document.createElementNS(space, "rect");
    const width = (100 * counts[id]) / most;
    for (const [key, value] of [["x", at + "%"], ["width", width + "%"], ["height", "100%"], ["class", "is-" + id]]) {
      part.setAttribute(key, value);
    }
    drawn.append(part);
    at += width;
  }
  return drawn;
}

function told(counts) {
  const parts = states.filter(({ id }) => counts[id]).map(({ id, title }) => `${counts[id]} ${title.toLowerCase()}`);
  return parts.join(", ");
}

function drawStates(found) {
  const counts = tally(found, (made) => made.state);
  byId("states").replaceChildren(...states.map(({ id, title }) => {
    const count = (counts.get(id) || { all: 0 }).all;
    const input = node("input", { type: "checkbox", name: "state", value: id, checked: filter.states.has(id) });
    input.addEventListener("change", () => change(() => toggle(filter.states, id)));
    return node("label", { class: `state is-${id}${count ? "" : " is-none"}` }, input, node("span", null, title), node("b", null, number(count)));
  }));
}

function drawRules(found) {
  const counts = tally(found, (made) => made.rule && made.rule.id);
  const shown = rules.filter(({ id }) => counts.has(id) || filter.rules.has(id));
  const count = (id) => counts.get(id) || { all: 0 };
  shown.sort((one, other) => count(other.id).all - count(one.id).all);
  const most = Math.max(1, ...shown.map(({ id }) => count(id).all));
  drawRuleGroup("renamed", shown.filter(({ removed }) => !removed), count, most);
  drawRuleGroup("removed", shown.filter(({ removed }) => removed), count, most);
}

function drawRuleGroup(kind, shown, count, most) {
  const rows = shown.map(({ id, change: what }) => {
    const input = node("input", { type: "checkbox", name: "rule", value: id, checked: filter.rules.has(id) });
    input.addEventListener("change", () => change(() => toggle(filter.rules, id)));
    return row("label", null, [input, node("span", { class: "name" }, text(id))], what.replace(" -> ", " \u2192 "), count(id), most);
  });
  fill(byId(kind), rows, kind);
  if (rows.length < 2) return;
  const only = () => change(() => { filter.rules = new Set(shown.map(({ id }) => id)); });
  byId(kind).append(node("button", { type: "button", class: "all", "data-all": kind + "-only", on: { click: only } }, "Only these"));
}

function row(name, attributes, title, note, counts, most) {
  return node(
    name, { ...attributes, class: "row", title: told(counts) },
    node("span", { class: "line" }, title, node("b", null, number(counts.all))),
    note ? node("span", { class: "note" }, text(note)) : null,
    bar(counts, most),
    node("span", { class: "sr" }, told(counts)),
  );
}

function drawFolders(found) {
  const root = filter.folder || common();
  const counts = tally(found, (made) => child(made.file.path, root));
  const names = [...counts.keys()].sort((one, other) => counts.get(other).all - counts.get(one).all || (one < other ? -1 : 1));
  const most = Math.max(1, ...names.map((name) => counts.get(name).all));
  const rows = names.map((path) => {
    const isFile = path === root || paths.has(path);
    const label = path === root ? path.split("/").pop() : path.slice(root && !root.endsWith("/") ? root.length + 1 : root.length);
    const title = node("span", { class: isFile ? "name" : "name folder" }, text(isFile ? label : label + "/"));
    const go = () => change(() => { filter.folder = filter.folder === path ? common() : path; });
    const attributes = { type: "button", "aria-pressed": String(filter.folder === path), "data-path": path, on: { click: go } };
    return row("button", attributes, title, "", counts.get(path), most);
  });
  fill(byId("folders"), rows, "folders");
  drawCrumbs(root);
}

// Return the entry of a folder that leads to a path.
function child(path, folder) {
  if (!within(path, folder)) return null;
  const from = folder === "" ? 0 : folder.length + (folder.endsWith("/") ? 0 : 1);
  const end = path.indexOf("/", from);
  return path === folder || end < 0 ? path : path.slice(0, end);
}

// Return the deepest folder that contains every file.
function common() {
  if (common.known === undefined) {
    let folder = files.length ? files[0].path.split("/").slice(0, -1) : [];
    for (const { path } of files) {
      const parts = path.split("/");
      let same = 0;
      while (same < folder.length && folder[same] === parts[same]) same += 1;
      folder = folder.slice(0, same);
    }
    common.known = folder.join("/");
  }
  return common.known;
}

function drawCrumbs(folder) {
  const top = common();
  const step = (path, title) => node("button", {
    type: "button", "aria-current": path === folder ? "true" : null,
    on: { click: () => change(() => { filter.folder = path === top ? "" : path; }) },
  }, text(title));
  const steps = [step(top, top === "" ? "all" : top + "/")];
  let at = top;
  const rest = folder === top ? "" : folder.slice(top ? top.length + 1 : 0);
  for (const part of rest.split("/").filter(Boolean)) {
    at = at === "" ? part : at + "/" + part;
    steps.push(step(at, part));
  }
  byId("crumbs").replaceChildren(...steps);
}

function fill(into, rows, kind) {
  into.closest("fieldset").hidden = rows.length === 0;
  const all = opened.has(kind) || rows.length <= FIRST_BARS + 1;
  into.replaceChildren(...rows.filter((each, index) => all || index < FIRST_BARS || each.querySelector("[checked]")));
  if (rows.length <= FIRST_BARS + 1) return;
  const press = () => { toggle(opened, kind); draw(); };
  const label = all ? "Show fewer" : `Show all ${number(rows.length)}`;
  into.append(node("button", { type: "button", class: "all", "data-all": kind, on: { click: press } }, label));
}
