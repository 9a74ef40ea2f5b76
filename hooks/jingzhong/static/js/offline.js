/*
 * Keeps the quizzes on this device, on sites that are visited (not on files, and not in a preview):
 * registers `sw.js`, and says once that it is done, and when there is a new version. What the worker
 * does stands in `templates/service_worker.js`.
 */
(function () {
  "use strict";

  // A page that nobody has touched so soon after it came may still be exchanged without asking.
  var FRESH = 5000;
  var TEXT = {
    ready: "已可离线使用：没有网络的时候，题库、练习、考试和错题本照样能打开。",
    partly: "已可离线使用：没有网络的时候，大部分题目照样能打开；题量最大的题库要联网。",
    waiting: "题库有新版本。换的时候会刷新本站开着的页面，进度不丢。",
    full: "这台设备存满了，题库没有存下。联网时一切照常。",
  };

  /** An exam that goes on is not to be disturbed; its page is exchanged at the next visit. */
  function isExamRunning() {
    return Boolean(document.querySelector('[data-screen="run"]:not([hidden])'));
  }

  function offline(element) {
    var J = window.Jingzhong;
    var container = "serviceWorker" in window.navigator ? window.navigator.serviceWorker : null;
    if (!/^https?:$/.test(window.location.protocol)) return;
    addManifest(element.dataset.manifest);
    if (!container) return;

    // A copy of the site further up on the same host has a worker of its own.
    var mine = new URL(element.dataset.worker, window.location.href).href;
    var isServed = hasWorker();
    var version = "";
    var loaded = Date.now();
    var touched = false;
    var registration = null;

    /** Whether this page comes from the worker. */
    function hasWorker() {
      return Boolean(container.controller) && container.controller.scriptURL === mine;
    }

    function show(text, withButton) {
      if (isExamRunning()) return;
      element.hidden = false;
      element.querySelector("[data-text]").textContent = text;
      element.querySelector("[data-take]").hidden = !withButton;
    }

    function once(key, text) {
      if (J.recall(key)) return;
      J.remember(key, 1);
      show(text, false);
    }

    function say(message) {
      if (registration && registration.active) registration.active.postMessage(message);
    }

    /** A page of the old version would get data of the new one. An exam that could not be kept stays. */
    function reload() {
      if (!isExamRunning() || !J.progress.isLost()) window.location.reload();
    }

    /** What the worker serves: {version, isWhole, isOld: a newer one is complete}. */
    function tellState(state) {
      if (isServed && version && version !== state.version) {
        reload();
        return;
      }
      version = state.version;
      if (!state.isOld) {
        once("offline.ready", state.isWhole ? TEXT.ready : TEXT.partly);
        return;
      }
      if (!touched && Date.now() - loaded < FRESH && !isExamRunning()) say("take if alone");
      show(TEXT.waiting, true);
    }

    container.onmessage = function (event) {
      if (event.data === "changed" && isServed) reload();
      else if (event.data === "full") once("offline.full", TEXT.full);
      else if (event.data && event.data.version) tellState(event.data);
    };
    // Messages wait for this where a handler is added late.
    if (container.startMessages) container.startMessages();

    /** Ask for the state as soon as a worker that comes is done. */
    function follow() {
      var worker = registration.installing;
      if (!worker) return;
      worker.addEventListener("statechange", function () {
        if (worker.state === "activated" || worker.state === "installed") say("state");
      });
    }

    ["pointerdown", "keydown", "wheel", "touchmove"].forEach(function (name) {
      window.addEventListener(name, function () {
        touched = true;
      }, { passive: true });
    });
    element.querySelector("[data-close]").addEventListener("click", function () {
      element.hidden = true;
    });
    element.querySelector("[data-take]").addEventListener("click", function () {
      say("take");
    });
    container.addEventListener("controllerchange", function () {
      if (isServed) reload();
      isServed = hasWorker();
    });
    // A page that was kept in memory while a new version was taken.
    window.addEventListener("pageshow", function (event) {
      if (event.persisted) say("state");
    });

    var connection = window.navigator.connection;
    if (connection && connection.saveData && !isServed) return;
    whenLoaded(function () {
      container.register(element.dataset.worker, { updateViaCache: "none" }).then(function (made) {
        registration = made;
        registration.addEventListener("updatefound", follow);
        follow();
        say("state");
      }, function () {
        // Private windows and old browsers refuse; the site works as any other.
      });
    });
  }

  /** After the page's own files, so that it is never slowed down by what is kept for later. */
  function whenLoaded(act) {
    if (document.readyState === "complete") act();
    else window.addEventListener("load", act);
  }

  /** Written by script, because browsers complain about a manifest on a page that is a file. */
  function addManifest(address) {
    var link = document.createElement("link");
    link.rel = "manifest";
    link.href = address;
    document.head.appendChild(link);
  }

  window.Jingzhong.modules.offline = offline;
})();
