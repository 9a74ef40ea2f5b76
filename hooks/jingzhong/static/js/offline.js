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
    var isKept = hasWorker();
    var loaded = Date.now();
    var touched = false;
    var isFirst = false;

    /** Whether this page comes from the worker; an older one, as long as a newer one waits. */
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

    /** A new version is there and waits until no page of the old one is open. */
    function waits(registration) {
      var worker = registration.waiting;
      if (!worker || !isKept) return;
      element.querySelector("[data-take]").onclick = function () {
        worker.postMessage("take over");
      };
      if (!touched && Date.now() - loaded < FRESH && !isExamRunning()) worker.postMessage("take over if alone");
      show(TEXT.waiting, true);
    }

    function follow(registration) {
      var worker = registration.installing;
      if (!worker) return;
      isFirst = !registration.active;
      worker.addEventListener("statechange", function () {
        if (worker.state === "installed" && !isFirst) waits(registration);
        if (worker.state === "activated" && isFirst) ask(worker);
      });
    }

    /** The worker says what it keeps; see `onmessage` below. */
    function ask(worker) {
      worker.postMessage("what is kept");
    }

    container.onmessage = function (event) {
      if (event.data === "all kept") once("offline.ready", TEXT.ready);
      if (event.data === "most kept") once("offline.ready", TEXT.partly);
      if (event.data === "full") once("offline.full", TEXT.full);
    };
    // Messages wait for this where a handler is added late.
    if (container.startMessages) container.startMessages();

    ["pointerdown", "keydown", "wheel", "touchmove"].forEach(function (name) {
      window.addEventListener(name, function () {
        touched = true;
      }, { passive: true });
    });
    element.querySelector("[data-close]").addEventListener("click", function () {
      element.hidden = true;
    });
    container.addEventListener("controllerchange", function () {
      // A page of the old version would get data of the new one. An exam that could not be kept stays.
      var isLost = isExamRunning() && J.progress.isLost();
      if (isKept && !isLost) window.location.reload();
      isKept = hasWorker();
    });

    var connection = window.navigator.connection;
    if (connection && connection.saveData && !isKept) return;
    whenLoaded(function () {
      container.register(element.dataset.worker, { updateViaCache: "none" }).then(function (registration) {
        registration.addEventListener("updatefound", function () {
          follow(registration);
        });
        follow(registration);
        waits(registration);
        if (registration.active && !registration.waiting) ask(registration.active);
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
