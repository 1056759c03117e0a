// Show the list of findings, extended while scrolling.
const CHUNK = 40;
const list = { found: [], shown: 0, group: null, at: -1, many: new Map() };

function showPlaces(found) {
  list.found = found;
  list.many = new Map();
  for (const { file } of found) list.many.set(file, (list.many.get(file) || 0) + 1);
  list.shown = 0;
  list.group = null;
  list.at = -1;
  byId("places").replaceChildren();
  if (found.length) showMore();
  else byId("places").append(nothing());
  byId("more").hidden = list.shown >= found.length;
  tellCount(found);
}

function nothing() {
  const some = places.length > 0;
  return node("p", { class: "nothing" }, some ? "No finding matches these filters." : "Nothing was found.");
}

function tellCount(found) {
  const of = found.length === places.length ? "" : ` of ${number(places.length)}`;
  byId("count").textContent = found.length ? `${number(found.length)}${of} in ${plural(list.many.size, "file")}` : "none";
}

function showMore(upTo = list.shown + CHUNK) {
  const end = Math.min(upTo, list.found.length);
  for (; list.shown < end; list.shown += 1) {
    const made = list.found[list.shown];
    if (list.group === null || list.group.file !== made.file) startGroup(made.file);
    list.group.section.append(article(made, list.shown));
  }
  byId("more").hidden = list.shown >= list.found.length;
}

function startGroup(file) {
  const id = "file-" + file.number;
  const slash = file.path.lastIndexOf("/") + 1;
  const title = node(
    "h3", { id },
    node("span", { class: "path" }, node("span", { class: "folder" }, text(file.path.slice(0, slash))), text(file.path.slice(slash))),
    node("span", { class: "many" }, plural(list.many.get(file), "finding")),
  );
  const section = node("section", { class: "file", "aria-labelledby": id }, title);
  byId("places").append(section);
  list.group = { file, section };
}

function article(made, index) {
  const state = states.find(({ id }) => id === made.state);
  const id = "place-" + made.number;
  return node(
    "article", { class: "place is-" + made.state, id, tabindex: "-1", "data-index": index, "aria-labelledby": id + "-title" },
    node(
      "h4", { id: id + "-title" },
      node("span", { class: "badge", title: state.told.replaceAll("`", "") }, state.title),
      node("span", { class: "where" }, `${made.line}:${made.column}`),
      node("span", { class: "message" }, prose(made.message)),
      made.rule ? node("span", { class: "rule" }, text(made.rule.id)) : null,
    ),
    names(made),
    codeOf(made),
    made.advice && made.advice !== made.message ? node("p", { class: "advice" }, prose(made.advice)) : null,
    evidence(made),
  );
}

// Show the old and new name, unless the message has both.
function names(made) {
  if (!made.old || !made.new || (made.message.includes(made.old) && made.message.includes(made.new))) return null;
  return node("p", { class: "names" }, node("del", null, text(made.old)), " \u2192 ", node("ins", null, text(made.new)));
}

function evidence(made) {
  if (!made.evidence.length) return null;
  const [first, ...more] = made.evidence;
  if (!more.length) return node("p", { class: "because" }, "because ", prose(first));
  return node(
    "details", { class: "because" },
    node("summary", null, "because ", prose(first), node("span", { class: "many" }, `and ${number(more.length)} more`)),
    node("ol", null, made.evidence.map((each) => node("li", null, prose(each)))),
  );
}

function goTo(index) {
  if (index < 0 || index >= list.found.length) return;
  if (index >= list.shown) showMore(index + CHUNK);
  const target = byId("place-" + list.found[index].number);
  list.at = index;
  target.focus({ preventScroll: true });
  target.scrollIntoView({ block: "nearest" });
}
