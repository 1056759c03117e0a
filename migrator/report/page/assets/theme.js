"use strict";
(() => {
  // Before anything is painted; a page that may not store anything follows the system.
  try {
    const theme = localStorage.getItem("migrator-theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  } catch (_) { /* storage is denied */ }
})();
