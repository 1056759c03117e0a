// Update the page after a change of the filters.
function draw() {
  const found = select(filter);
  const active = document.activeElement;
  const held = active && active.closest("#form") ? focusMark(active) : null;
  drawStates(found.states);
  drawRules(found.rules);
  drawFolders(found.folders);
  if (held) (byId("form").querySelector(held) || byId("query")).focus();
  if (byId("query").value !== filter.query) byId("query").value = filter.query;
  byId("clear").hidden = !isFiltered();
  return found.all;
}

// Return a selector for the focused control, which is replaced when its chart is redrawn.
function focusMark(active) {
  if (active.id) return "#" + active.id;
  if (active.dataset.path !== undefined) return `[data-path="${CSS.escape(active.dataset.path)}"]`;
  if (active.dataset.all) return `[data-all="${active.dataset.all}"]`;
  return active.name ? `[name="${active.name}"][value="${CSS.escape(active.value)}"]` : "#crumbs [aria-current]";
}

function change(act) {
  act();
  writeAddress();
  showPlaces(draw());
  if (byId("places").getBoundingClientRect().top < 0) byId("places").parentElement.scrollIntoView();
}

// Follow links inside the page by script: the fragment of the address is for the filters.
function onLink(event) {
  const link = event.target.closest('a[href^="#"]');
  if (!link) return;
  event.preventDefault();
  const target = byId(link.id === "skip" ? "places" : link.hash.slice(1));
  target.focus();
  target.scrollIntoView();
}

// Extend the list before scrolling reaches its end.
const watcher = new IntersectionObserver((seen) => {
  if (!seen.some((each) => each.isIntersecting)) return;
  showMore();
  watcher.unobserve(byId("more"));
  watcher.observe(byId("more"));
}, { rootMargin: "1500px" });

function start() {
  byId("tools").hidden = byId("work").hidden = false;
  byId("filters").hidden = places.length === 0;
  byId("filters").open = window.matchMedia("(min-width: 64rem)").matches;
  byId("form").addEventListener("submit", (event) => {
    event.preventDefault();
    if (document.activeElement.id === "query") goTo(0);
  });
  byId("query").addEventListener("input", () => change(() => { filter.query = byId("query").value; }));
  byId("clear").addEventListener("click", () => { change(clearFilter); byId("query").focus(); });
  byId("more").addEventListener("click", () => { const at = list.shown; showMore(); goTo(at); });
  window.addEventListener("hashchange", () => { readAddress(); showPlaces(draw()); });
  window.addEventListener("beforeprint", () => showMore(list.found.length));
  document.addEventListener("click", onLink);
  watcher.observe(byId("more"));
  startKeys();
  readAddress();
  showPlaces(draw());
}

start();
