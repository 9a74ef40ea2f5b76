/*
 * The clock of an exam: `Jingzhong.clock(options)`. Time runs only while the page is open and
 * awake: a crash, a closed tab or a sleeping computer costs nothing. It shows each second and
 * speaks only at thresholds.
 */
(function () {
  "use strict";

  // A tab in the background ticks once a minute at worst; what is longer was sleep.
  var LONGEST_TICK = 90;
  var THRESHOLDS = [1800, 600, 300, 60, 10];

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

  window.Jingzhong.clock = function (options) {
    return new Clock(options);
  };
  window.Jingzhong.clockText = clockText;
})();
