// Decode the data of the page, and apply the filters.
const data = JSON.parse(document.getElementById("data").textContent);
const states = data.states.map(([id, title, told]) => ({ id, title, told }));
const rules = data.rules.map(([id, change, removed]) => ({ id, change, removed }));
const files = data.files.map((file, index) => ({ path: file.p, number: index, lines: numbered(file.t) }));
const places = [];
data.files.forEach((file, index) => file.e.forEach((entry) => places.push(place(files[index], entry))));

function numbered(runs) {
  const lines = new Map();
  for (const [first, ...texts] of runs) texts.forEach((text, index) => lines.set(first + index, text));
  return lines;
}

function place(file, entry) {
  const texts = data.texts;
  return {
    number: places.length,
    file,
    state: entry.s,
    rule: entry.r === null ? null : rules[entry.r],
    line: entry.l,
    column: entry.c,
    old: entry.o || "",
    new: entry.n || "",
    message: texts[entry.m],
    advice: entry.a === undefined ? "" : texts[entry.a],
    evidence: (entry.e || []).map((number) => texts[number]),
    frames: entry.f || [],
    marks: entry.k || [],
    own: entry.w || {},
    hunks: (entry.h || []).map(([first, last, lines]) => ({ first, last, lines })),
    haystack: null,
  };
}

function lineText(made, line) {
  return made.own[line] === undefined ? made.file.lines.get(line) : made.own[line];
}

function haystack(made) {
  if (made.haystack === null) {
    const code = made.marks.map(([line]) => lineText(made, line));
    const parts = [made.file.path, made.rule ? made.rule.id : "", made.old, made.new, made.message, made.advice];
    made.haystack = [...parts, ...code].join("\n").toLowerCase();
  }
  return made.haystack;
}

function within(path, folder) {
  return folder === "" || path === folder || path.startsWith(folder.endsWith("/") ? folder : folder + "/");
}

// Return the matching findings, and for each filter those that match all others, which its chart counts.
function select(filter) {
  const words = filter.query.toLowerCase().split(/\s+/).filter(Boolean);
  const found = { all: [], states: [], rules: [], folders: [] };
  for (const made of places) {
    if (!words.every((word) => haystack(made).includes(word))) continue;
    const state = filter.states.size === 0 || filter.states.has(made.state);
    const rule = filter.rules.size === 0 || (made.rule !== null && filter.rules.has(made.rule.id));
    const folder = within(made.file.path, filter.folder);
    if (rule && folder) found.states.push(made);
    if (state && folder) found.rules.push(made);
    if (state && rule) found.folders.push(made);
    if (state && rule && folder) found.all.push(made);
  }
  return found;
}
