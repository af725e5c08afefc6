/* The print view's button. */
document.querySelector("[data-print]").addEventListener("click", () => { window.print(); });
