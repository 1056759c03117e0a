// Create elements; text is only ever set as text.
const HIDDEN = /(\u27e8(?:U\+[0-9A-F]{4,6}|0x[0-9A-F]{2})\u27e9)/;

function node(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (key === "on") for (const [event, listener] of Object.entries(value)) made.addEventListener(event, listener);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== null) made.setAttribute(key, value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== ""));
  return made;
}

// Return text with the signs for invisible characters marked up.
function text(value) {
  if (!value.includes("\u27e8")) return value === "" ? [] : [value];
  const parts = value.split(HIDDEN);
  return parts.map((part, index) => (index % 2 ? node("span", { class: "hidden-sign" }, part) : part)).filter(Boolean);
}

// Return text with the parts in backticks as code.
function prose(value) {
  const parts = value.split("`");
  return parts.flatMap((part, index) => (index % 2 && index < parts.length - 1 ? node("code", null, text(part)) : text(part)));
}

function number(value) {
  return value.toLocaleString("en-US");
}

function plural(value, noun) {
  return `${number(value)} ${noun}${value === 1 ? "" : "s"}`;
}

function byId(id) {
  return document.getElementById(id);
}
