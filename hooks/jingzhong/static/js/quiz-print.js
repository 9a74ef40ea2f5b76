/*
 * Printing a part of the page: `Jingzhong.printPart(what, opened)`. Style sheets read `data-print`
 * of the root; `opened` are details that print open and are shut again afterwards.
 */
(function () {
  "use strict";

  window.Jingzhong.printPart = function (what, opened) {
    var page = document.documentElement;
    var shut = Array.prototype.filter.call(opened || [], function (details) {
      return !details.open;
    });
    function after() {
      delete page.dataset.print;
      shut.forEach(function (details) {
        details.open = false;
      });
      window.removeEventListener("afterprint", after);
    }
    page.dataset.print = what;
    shut.forEach(function (details) {
      details.open = true;
    });
    window.addEventListener("afterprint", after);
    window.print();
  };
})();
