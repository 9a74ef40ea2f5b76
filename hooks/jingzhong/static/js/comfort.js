/*
 * Reading comfort on every page: large type, colours, reading aloud. The choice is remembered on
 * this device; a line in the page's head applies it before the first paint.
 */
(function () {
  "use strict";

  var TEXT = {
    noVoice: "这台设备没有可离线使用的中文语音，不能朗读",
    read: "朗读",
    pause: "暂停",
    resume: "继续",
    reading: "正在朗读",
    paused: "已暂停",
    done: "读完了",
    largeOn: "已换成大字版",
    largeOff: "已换回标准字号",
  };
  var READABLE = "h1, h2, h3, p, li, dt, dd, td, th, legend, fieldset label, figcaption";
  var UNREAD = "svg, select, input, button, script, template, rt";
  var root = document.documentElement;

  function apply(settings) {
    ["size", "color"].forEach(function (key) {
      if (settings[key]) root.dataset[key] = settings[key];
      else delete root.dataset[key];
    });
    window.Jingzhong.remember("reading", settings);
  }

  function comfort(element) {
    var settings = window.Jingzhong.recall("reading") || {};
    var status = element.querySelector("[data-status]");
    var large = element.querySelector("[data-large]");
    var color = element.querySelector("[data-color-choice]");

    function showLarge() {
      large.setAttribute("aria-pressed", String(settings.size === "large"));
    }

    large.addEventListener("click", function () {
      settings.size = settings.size === "large" ? "" : "large";
      apply(settings);
      showLarge();
      status.textContent = settings.size ? TEXT.largeOn : TEXT.largeOff;
    });
    color.value = settings.color || "";
    color.addEventListener("change", function () {
      settings.color = color.value;
      apply(settings);
    });
    showLarge();
    readAloud(element, status);
    element.hidden = false;
  }

  /** Only voices of the device itself: text must not be sent to a service on the network. */
  function localVoice() {
    var voices = window.speechSynthesis.getVoices().filter(function (voice) {
      return voice.localService && /^(zh|cmn)/i.test(voice.lang);
    });
    var mainland = voices.filter(function (voice) {
      return /CN|Hans|cmn/i.test(voice.lang);
    });
    return mainland[0] || voices[0] || null;
  }

  /** What a block says by itself; parts that stand apart on the page are set apart by a pause. */
  function spoken(node) {
    return Array.prototype.map
      .call(node.childNodes, function (child) {
        if (child.nodeType === 3) return child.nodeValue;
        // A block inside a block is read in its own turn.
        if (child.nodeType !== 1 || child.matches(UNREAD + ", " + READABLE)) return "";
        var display = window.getComputedStyle(child).display;
        if (display === "none") return "";
        return /^(inline|ruby)$/.test(display) ? spoken(child) : "，" + spoken(child) + "，";
      })
      .join("");
  }

  /** The page's text in pieces short enough for every engine, in reading order. */
  function pieces() {
    var found = [];
    document.querySelectorAll("article " + READABLE.split(", ").join(", article ")).forEach(function (node) {
      // Closed answers count as laid out in some browsers, so they are asked for by name.
      if (!node.getClientRects().length || node.closest("nav, details:not([open])")) return;
      var text = spoken(node).replace(/\s+/g, " ").replace(/[，\s]*，[，\s]*/g, "，");
      text = text.replace(/^，|([。！？；：、])，|，(?=[。！？；：、])|，$/g, "$1").trim();
      (text.match(/[^。！？；]{1,120}[。！？；]?/g) || []).forEach(function (part) {
        if (/[\u4e00-\u9fff\w]/.test(part)) found.push({ text: part, node: node });
      });
    });
    return found;
  }

  function readAloud(element, status) {
    var button = element.querySelector("[data-read]");
    var stop = element.querySelector("[data-stop]");
    var queue = [];
    var position = 0;
    var state = "idle";
    var turn = 0;
    var utterance = null;
    if (!("speechSynthesis" in window)) {
      button.hidden = true;
      return;
    }
    window.speechSynthesis.getVoices();

    function show(next, message) {
      state = next;
      if (next === "idle" && document.activeElement === stop) button.focus();
      button.textContent = { idle: TEXT.read, reading: TEXT.pause, paused: TEXT.resume }[next];
      stop.hidden = next === "idle";
      status.textContent = message;
    }

    function mark(node) {
      document.querySelectorAll("[data-being-read]").forEach(function (old) {
        delete old.dataset.beingRead;
      });
      if (node) node.dataset.beingRead = "";
    }

    // Pausing is cancelling and starting the piece again: `pause()` is broken on Android.
    function next(mine, voice) {
      if (mine !== turn) return;
      if (position >= queue.length) {
        mark(null);
        show("idle", TEXT.done);
        return;
      }
      // Kept outside, because Chromium drops an utterance that nothing refers to, and its end with it.
      utterance = new window.SpeechSynthesisUtterance(queue[position].text);
      utterance.voice = voice;
      utterance.lang = voice.lang;
      utterance.onend = function () {
        if (mine !== turn) return;
        position += 1;
        next(mine, voice);
      };
      utterance.onerror = utterance.onend;
      mark(queue[position].node);
      window.speechSynthesis.speak(utterance);
    }

    function speak() {
      var voice = localVoice();
      if (!voice) {
        status.textContent = TEXT.noVoice;
        return;
      }
      show("reading", TEXT.reading);
      turn += 1;
      next(turn, voice);
    }

    function silence() {
      turn += 1;
      window.speechSynthesis.cancel();
    }

    button.addEventListener("click", function () {
      if (state === "reading") {
        silence();
        show("paused", TEXT.paused);
      } else {
        if (state === "idle") {
          queue = pieces();
          position = 0;
        }
        speak();
      }
    });
    stop.addEventListener("click", function () {
      silence();
      mark(null);
      show("idle", "");
    });
    window.addEventListener("pagehide", silence);
  }

  window.Jingzhong.modules.comfort = comfort;

  /** Show a page's full address where a reader may want to report it. */
  window.Jingzhong.modules.address = function (element) {
    element.textContent = window.location.href.split("#")[0];
  };

  /** WeChat's browser cannot save files; say so instead of failing silently. */
  window.Jingzhong.modules.download = function (element) {
    if (!/MicroMessenger/i.test(window.navigator.userAgent)) return;
    element.addEventListener("click", function (event) {
      event.preventDefault();
      var note = element.nextElementSibling;
      if (note) note.hidden = false;
    });
  };
})();
