/*
 * Starts the widgets of a page. Each widget registers a function under the name that its element
 * carries in `data-module`; one that fails never stops another. Data files register themselves
 * through `register`, because `fetch` does not work from a USB stick.
 */
(function () {
  "use strict";

  var modules = {};
  var data = {};
  var loading = {};

  /** Keep a value on this device; says whether that worked (it may be refused or full). */
  function remember(key, value) {
    try {
      window.localStorage.setItem("jingzhong." + key, JSON.stringify(value));
      return true;
    } catch (error) {
      return false;
    }
  }

  /** Read back what `remember` kept, or null. */
  function recall(key) {
    try {
      return JSON.parse(window.localStorage.getItem("jingzhong." + key));
    } catch (error) {
      return null;
    }
  }

  /** Called by data files: `register("today", "08-12", [...])`. */
  function register(kind, key, value) {
    data[kind + "/" + key] = value;
  }

  /** Load a data file once; resolves to what it registered, rejects when it is not there. */
  function load(base, kind, key) {
    var name = kind + "/" + key;
    // A bank as one file carries its data.
    if (name in data) return Promise.resolve(data[name]);
    if (!loading[name]) {
      loading[name] = new Promise(function (resolve, reject) {
        var script = document.createElement("script");
        script.src = base + name + ".js";
        script.onload = function () {
          if (name in data) resolve(data[name]);
          else reject(new Error("no data in " + script.src));
        };
        script.onerror = function () {
          delete loading[name];
          reject(new Error("cannot load " + script.src));
        };
        document.head.appendChild(script);
      });
    }
    return loading[name];
  }

  /** Start every widget on the page. */
  function createAll() {
    document.querySelectorAll("[data-module]").forEach(function (element) {
      element.dataset.module.split(" ").forEach(function (name) {
        if (!modules[name]) return;
        try {
          modules[name](element);
        } catch (error) {
          window.console.error("jingzhong: " + name, error);
        }
      });
    });
  }

  window.Jingzhong = {
    modules: modules,
    register: register,
    load: load,
    remember: remember,
    recall: recall,
    createAll: createAll,
  };

  document.addEventListener("DOMContentLoaded", createAll);
})();
