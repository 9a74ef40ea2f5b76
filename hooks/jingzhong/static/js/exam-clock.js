/*
 * The clock of an exam: `Jingzhong.clock(options)`. Time runs only while the page is open and
 * awake: a crash, a closed tab or a sleeping computer costs nothing. It shows each second and
 * speaks only at thresholds. `Jingzhong.clockFace(root, limit)` gives a function that shows the
 * seconds spent, and near the end says in words how near.
 */
(function () {
  "use strict";

  // A tab in the background ticks once a minute at worst; what is longer was sleep.
  var LONGEST_TICK = 90;
  var THRESHOLDS = [1800, 600, 300, 60, 10];
  // Of these, what stays in sight once it was passed; the nearest first.
  var SHOWN = [60, 300];
  var TEXT = { left: "剩余", used: "已用", near: ["不到 ", " 分钟"] };

  function two(number) {
    return String(number).padStart(2, "0");
  }

  /** `1:02:03` or `02:03`, from seconds. */
  function clockText(seconds) {
    var whole = Math.max(0, Math.ceil(seconds));
    var hours = Math.floor(whole / 3600);
    return (hours ? hours + ":" : "") + two(Math.floor((whole % 3600) / 60)) + ":" + two(whole % 60);
  }

  /**
   * options: limit and spent in seconds (limit 0: none); tick(spent), threshold(seconds left),
   * end().
   */
  function Clock(options) {
    this.options = options;
    this.spent = options.spent;
    this.timer = 0;
    this.last = 0;
  }

  Clock.prototype.start = function () {
    var clock = this;
    this.last = Date.now();
    this.timer = window.setInterval(function () {
      clock.tick();
    }, 1000);
    this.options.tick(this.spent);
  };

  Clock.prototype.stop = function () {
    if (!this.timer) return;
    this.advance();
    window.clearInterval(this.timer);
    this.timer = 0;
  };

  Clock.prototype.advance = function () {
    var now = Date.now();
    var passed = (now - this.last) / 1000;
    this.last = now;
    // Sleep, and a clock that somebody sets, count for nothing.
    if (passed > 0 && passed <= LONGEST_TICK) this.spent += passed;
  };

  Clock.prototype.tick = function () {
    var limit = this.options.limit;
    var before = limit - this.spent;
    this.advance();
    var left = limit - this.spent;
    this.options.tick(this.spent);
    if (!limit) return;
    var crossed = THRESHOLDS.filter(function (seconds) {
      return before > seconds && left <= seconds && limit > seconds;
    });
    if (crossed.length && left > 0) this.options.threshold(crossed[crossed.length - 1]);
    if (left <= 0) {
      this.stop();
      this.options.end();
    }
  };

  function clockFace(root, limit) {
    var find = root.querySelector.bind(root);
    var clock = find("[data-clock]");
    return function (spent) {
      var left = limit - spent;
      var near = SHOWN.filter(function (seconds) {
        return limit > seconds && left <= seconds;
      })[0];
      find("[data-time]").textContent = clockText(limit ? left : spent);
      find("[data-near-sign]").toggleAttribute("hidden", !near);
      find("[data-time-label]").textContent = near
        ? window.Jingzhong.words(TEXT.near, [near / 60])
        : limit
        ? TEXT.left
        : TEXT.used;
      if (near) clock.dataset.near = near;
      else delete clock.dataset.near;
    };
  }

  window.Jingzhong.clock = function (options) {
    return new Clock(options);
  };
  window.Jingzhong.clockFace = clockFace;
  window.Jingzhong.clockText = clockText;
})();
