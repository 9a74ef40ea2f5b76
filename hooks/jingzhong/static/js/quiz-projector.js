/*
 * Showing questions to a room: one, huge, nothing else. `Jingzhong.projector(deck, options)` wires
 * the page's projector button. A presenter's remote sends PageUp and PageDown; Escape leads back.
 *
 * options: reveal(item) shows an answer and returns it in words; canReveal(); left() afterwards.
 */
(function () {
  "use strict";

  var TURNS = { PageDown: 1, ArrowRight: 1, PageUp: -1, ArrowLeft: -1 };

  window.Jingzhong.projector = function (deck, options) {
    var page = document.documentElement;
    var button = deck.root.querySelector("[data-projector]");
    var exit = deck.root.querySelector("[data-projector-exit]");
    var show = deck.root.querySelector("[data-reveal]");
    var before = "list";

    function isOn() {
      return "projector" in page.dataset;
    }

    function set(on) {
      if (on === isOn()) return;
      if (on) {
        before = deck.view;
        page.dataset.projector = "";
      } else {
        delete page.dataset.projector;
      }
      button.setAttribute("aria-pressed", String(on));
      exit.hidden = !on;
      show.hidden = !on || !options.canReveal();
      fullScreen(on);
      deck.setView(on ? "one" : before).then(function () {
        if (on) deck.go(deck.at);
        else if (options.left) options.left();
        if (!on && button.offsetParent) button.focus();
      });
    }

    /** Only a comfort: where the browser refuses, the page alone is large enough. */
    function fullScreen(on) {
      try {
        var done = on ? page.requestFullscreen() : document.fullscreenElement && document.exitFullscreen();
        if (done && done.catch) done.catch(function () {});
      } catch (error) {
        // Old browsers and WeChat have no full screen.
      }
    }

    button.addEventListener("click", function () {
      set(!isOn());
    });
    exit.addEventListener("click", function () {
      set(false);
    });
    show.addEventListener("click", function () {
      var item = deck.current();
      if (item) deck.say(options.reveal(item));
    });
    document.addEventListener("fullscreenchange", function () {
      if (!document.fullscreenElement) set(false);
    });
    document.addEventListener("keydown", function (event) {
      if (!isOn() || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "Escape") set(false);
      var by = TURNS[event.key];
      // Arrows belong to radio buttons and text fields while one of them has the focus.
      if (!by || (/^Arrow/.test(event.key) && event.target.matches("input, select"))) return;
      event.preventDefault();
      deck.go(deck.at + by);
    });
    return { set: set };
  };
})();
