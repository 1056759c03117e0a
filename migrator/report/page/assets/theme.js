"use strict";
(() => {
  // Runs before anything is painted; without storage, the page follows the system.
  try {
    const theme = localStorage.getItem("migrator-theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  } catch (_) { /* storage is denied */ }
})();
