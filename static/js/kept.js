/* What was typed into a form that was sent after the end of the session: the way back leads over the sign-in page, and it is filled in again. */
(function () {
  "use strict";
  var KEY = "crm-sent";
  var LONGEST = 15 * 60 * 1000; // from sending it to signing in again
  var own = document.currentScript.dataset;
  var here = location.pathname + location.search;

  function forms() { return Array.from(document.querySelectorAll("form[data-guard]")); }
  function ticked(field) { return field.type === "checkbox" || field.type === "radio"; }
  function keeps(field) { return field.name && !/^(hidden|password|file|submit|button|fieldset)$/.test(field.type); }

  function held(form) {
    return Array.from(form.elements).filter(keeps).flatMap((field) => {
      if (field.options) return Array.from(field.selectedOptions, (option) => [field.name, option.value, option.text]);
      return ticked(field) && !field.checked ? [] : [[field.name, field.value]];
    });
  }

  function fill(form, kept) {
    Array.from(form.elements).filter(keeps).forEach((field) => {
      var mine = kept.filter((one) => one[0] === field.name);
      if (ticked(field)) field.checked = mine.some((one) => one[1] === field.value);
      else if (!field.options) { if (mine.length) field.value = mine[0][1]; }
      else {
        Array.from(field.options).forEach((option) => { option.selected = false; });
        mine.forEach((one) => {
          var option = Array.from(field.options).find((found) => found.value === one[1]);
          if (!option) field.add(option = new Option(one[2], one[1]));
          option.selected = true;
        });
      }
    });
  }

  document.addEventListener("submit", (event) => {
    var place = forms().indexOf(event.target);
    if (event.defaultPrevented || place < 0) return;
    try {
      sessionStorage.setItem(KEY, JSON.stringify({ user: own.user, here: here, at: Date.now(), place: place, kept: held(event.target) }));
    } catch (error) { /* full or switched off: then it is as without */ }
  });

  var sent = null;
  try {
    sent = JSON.parse(sessionStorage.getItem(KEY));
    sessionStorage.removeItem(KEY);
  } catch (error) { return; }
  if (!sent || sent.user !== own.user || sent.here !== here || Date.now() - sent.at > LONGEST) return;
  if (!document.referrer || new URL(document.referrer).pathname.indexOf(own.login) !== 0 || !forms()[sent.place]) return;
  fill(forms()[sent.place], sent.kept);
  document.addEventListener("DOMContentLoaded", () => {
    forms()[sent.place].dispatchEvent(new Event("input", { bubbles: true })); // it is not saved yet
    window.crm.toast(own.words, "warning");
  });
}());
