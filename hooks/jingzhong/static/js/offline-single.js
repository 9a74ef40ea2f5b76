/*
 * A bank as one file: practice and exam stand in the same page, one of them shown. An exam that was
 * going on in this tab is shown again after a reload.
 */
(function () {
  "use strict";

  var KEY = "jingzhong.single";

  function remembered() {
    try {
      return window.sessionStorage.getItem(KEY);
    } catch (error) {
      return null;
    }
  }

  window.Jingzhong.modules.single = function (root) {
    var parts = root.querySelectorAll("[data-part-of]");
    var buttons = root.querySelectorAll("[data-show]");

    function show(name) {
      parts.forEach(function (part) {
        part.hidden = part.dataset.partOf !== name;
      });
      buttons.forEach(function (button) {
        button.setAttribute("aria-pressed", String(button.dataset.show === name));
      });
      try {
        window.sessionStorage.setItem(KEY, name);
      } catch (error) {
        // Then a reload starts with practice.
      }
    }

    buttons.forEach(function (button) {
      button.addEventListener("click", function () {
        show(button.dataset.show);
      });
    });
    root.querySelector("[data-switch]").hidden = false;
    if (remembered() === "exam") show("exam");
  };
})();
