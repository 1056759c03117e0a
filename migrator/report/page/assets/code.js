// Show the code of a finding with the old name marked, and the proposed code beside it.
function codeOf(made) {
  if (!made.frames.length) return null;
  return node("div", { class: "codes" }, made.frames.map(([first, last]) => frame(made, first, last)));
}

function frame(made, first, last) {
  const hunks = made.hunks.filter((hunk) => hunk.first >= first && hunk.first <= last);
  const now = [], next = [];
  for (let line = first; line <= last; line += 1) {
    const hunk = hunks.find((each) => each.first === line);
    if (!hunk) {
      const same = [line, lineText(made, line), "", marksOf(made, line)];
      now.push(same);
      next.push([line, same[1], "", []]);
      continue;
    }
    const end = Math.min(hunk.last, last);
    for (let each = line; each <= end; each += 1) now.push([each, lineText(made, each), "cut", marksOf(made, each)]);
    hunk.lines.forEach(([new_, ...spans]) => next.push(["+", new_, "put", spans]));
    while (now.length < next.length) now.push(["", "", "gap", []]);
    while (next.length < now.length) next.push(["", "", "gap", []]);
    if (hunk.last < line) {
      const below = lineText(made, line);
      now.push([line, below, "", marksOf(made, line)]);
      next.push([line, below, "", []]);
    } else line = end;
  }
  if (!hunks.length) return node("div", { class: "frame" }, listing("Code", now, "mark"));
  const both = node("div", { class: "frame beside" }, listing("Now", now, "mark"), listing("Proposed", next, "ins"));
  both.style.setProperty("--rows", String(now.length));
  return both;
}

function marksOf(made, line) {
  return made.marks.filter(([at]) => at === line).map(([, start, end]) => [start, end]);
}

function listing(title, rows, tag) {
  return node(
    "figure", null, node("figcaption", null, title),
    node("pre", null, node("code", null, rows.map(([line, code, kind, spans]) => node(
      "span", { class: spans.length && !kind ? "at" : kind || "same" },
      node("span", { class: "number", "data-line": line }),
      node("span", { class: "text" }, pieces(code || "", spans, tag), "\n"),
    )))),
  );
}

function pieces(code, spans, tag) {
  const made = [];
  let done = 0;
  for (const [start, end] of spans) {
    made.push(...text(code.slice(done, start)), node(tag, null, text(code.slice(start, end))));
    done = end;
  }
  return [...made, ...text(code.slice(done))];
}
