/*
 * Search on every page, kept small: the engine, the list under the field and the marks on the page
 * arrived at are loaded when they are first needed. Without this file the field is a plain form
 * that leads to search.html.
 */
(function () {
  "use strict";

  var J = window.Jingzhong;
  var TEXT = { key: "搜索（按 / 键）" };
  var here = document.currentScript.src;
  var scripts = {};

  /** Load another script of this folder once. */
  function need(name) {
    if (!scripts[name]) {
      scripts[name] = new Promise(function (resolve, reject) {
        var script = document.createElement("script");
        script.async = false; // One after the other, however they arrive.
        script.src = here.replace(/[^/]*$/, name + ".js");
        script.onload = resolve;
        script.onerror = function () {
          delete scripts[name];
          reject(new Error("cannot load " + script.src));
        };
        document.head.appendChild(script);
      });
    }
    return scripts[name];
  }

  var search = {
    root: new URL("../../../", here).href,
    need: need,

    /** Load a file of the index: `file("head")`, `file("1a2b3c4d/g/17")`. */
    file: function (name) {
      var at = name.lastIndexOf("/");
      return J.load(search.root + "data/", "search" + (at < 0 ? "" : "/" + name.slice(0, at)), name.slice(at + 1));
    },

    /** The engine, ready to answer. */
    engine: function () {
      return Promise.all([search.file("head"), need("search-index"), need("search-engine")]).then(function (loaded) {
        return search.start(loaded[0]);
      });
    },

    /**
     * Everything that holds `text`; `{kind, limit}` may narrow it. Resolves to
     * `{total, approximate, hits: [{url, title, kind, excerpt}], related: [{term, hits}]}`.
     */
    query: function (text, options) {
      return search.engine().then(function (engine) {
        return engine.query(text, options);
      });
    },
  };
  J.search = search;

  J.modules.search = function (form) {
    var input = form.querySelector("input");
    // A phone has no such key.
    if (window.matchMedia("(hover: hover) and (pointer: fine)").matches) input.placeholder = TEXT.key;
    function ready() {
      need("search-box").then(function () {
        search.box(form);
      }, Boolean);
    }
    input.addEventListener("focus", ready, { once: true });
    if (document.activeElement === input) ready();
    document.addEventListener("keydown", function (event) {
      var target = event.target;
      var writing = target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
      if (event.key !== "/" || writing || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      (document.querySelector("[data-search-main]") || input).focus();
    });
  };

  if (/[?&]h=/.test(window.location.search)) need("search-marks").catch(Boolean);
})();
