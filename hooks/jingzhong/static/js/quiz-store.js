/*
 * What a learner did, kept on this device only: `Jingzhong.progress`. A question enters the
 * wrong-answer book when it is answered wrong, is mastered after two right answers in a row, and
 * comes back at growing intervals (Leitner's boxes) until it has left the last one.
 */
(function () {
  "use strict";

  var KEY = "quiz.book";
  var RESULTS = "quiz.results";
  var DAILY = "quiz.daily";
  var KEPT = [KEY, RESULTS, DAILY, "quiz.exam", "quiz.place", "quiz.view", "quiz.pinyin"];
  // Days until a question in this box is asked again; after the last box it is done with.
  var INTERVALS = [1, 2, 4, 8, 16, 32];
  var MASTERED = 2;
  var RESULTS_KEPT = 20;
  var DAYS_KEPT = 400;
  var memory = {};
  var failed = false;
  var listeners = [];

  /** Keep a value; where the device refuses, at least until the page is closed. */
  function keep(key, value) {
    if (window.Jingzhong.remember(key, value)) {
      delete memory[key];
      return true;
    }
    memory[key] = value;
    if (!failed) {
      failed = true;
      listeners.forEach(function (tell) {
        tell();
      });
    }
    return false;
  }

  function kept(key) {
    return key in memory ? memory[key] : window.Jingzhong.recall(key);
  }

  function forget(key) {
    delete memory[key];
    try {
      window.localStorage.removeItem("jingzhong." + key);
    } catch (error) {
      // What could not be kept need not be removed.
    }
  }

  /** Calls back once it is known that nothing can be kept; at once where it is known already. */
  function onLoss(tell) {
    if (!failed) keep("quiz.probe", 1);
    if (!failed) forget("quiz.probe");
    if (failed) tell();
    listeners.push(tell);
  }

  /** Today as the learner's clock says it, `YYYY-MM-DD`. */
  function today() {
    var now = new Date();
    return [
      now.getFullYear(),
      String(now.getMonth() + 1).padStart(2, "0"),
      String(now.getDate()).padStart(2, "0"),
    ].join("-");
  }

  function dayNumber(day) {
    return Math.floor(Date.parse(day + "T00:00:00Z") / 86400000);
  }

  /** {id: {bank, box, due, streak, wrong, seen}}; `due` and `seen` count days since 1970. */
  function book() {
    var stored = kept(KEY);
    return isBook(stored) ? stored : {};
  }

  function isBook(value) {
    return (
      Boolean(value) &&
      typeof value === "object" &&
      !Array.isArray(value) &&
      Object.keys(value).every(function (id) {
        var entry = value[id];
        return (
          /^[a-z0-9][a-z0-9-]*$/.test(id) &&
          Boolean(entry) &&
          typeof entry === "object" &&
          /^[a-z0-9][a-z0-9-]*$/.test(entry.bank) &&
          ["box", "due", "streak", "wrong", "seen"].every(function (name) {
            return Number.isInteger(entry[name]) && entry[name] >= 0;
          })
        );
      })
    );
  }

  /** Note one answer; right answers to questions that were never wrong need no entry. */
  function record(id, bank, right, day) {
    var all = book();
    var now = dayNumber(day || today());
    var entry = all[id];
    if (!entry) {
      if (right) return;
      entry = { bank: bank, box: 0, due: now, streak: 0, wrong: 0, seen: now };
    }
    entry.seen = now;
    if (right) {
      entry.streak += 1;
      entry.box += 1;
    } else {
      entry.streak = 0;
      entry.box = 0;
      entry.wrong += 1;
    }
    entry.due = now + (right ? INTERVALS[Math.min(entry.box, INTERVALS.length) - 1] : 0);
    all[id] = entry;
    if (entry.box >= INTERVALS.length) delete all[id];
    keep(KEY, all);
  }

  function list(test) {
    var all = book();
    return Object.keys(all)
      .filter(function (id) {
        return test(all[id]);
      })
      .sort(function (a, b) {
        return all[a].due - all[b].due || (a < b ? -1 : 1);
      })
      .map(function (id) {
        return { id: id, bank: all[id].bank, wrong: all[id].wrong, streak: all[id].streak };
      });
  }

  /** Questions still to be mastered. */
  function open() {
    return list(function (entry) {
      return entry.streak < MASTERED;
    });
  }

  function mastered() {
    return list(function (entry) {
      return entry.streak >= MASTERED;
    });
  }

  /** Questions to go over today, mastered ones included: that is what makes them stay. */
  function due(day) {
    var now = dayNumber(day || today());
    return list(function (entry) {
      return entry.due <= now;
    });
  }

  function drop(ids) {
    var all = book();
    ids.forEach(function (id) {
      delete all[id];
    });
    keep(KEY, all);
  }

  function addResult(result) {
    keep(RESULTS, [result].concat(results()).slice(0, RESULTS_KEPT));
  }

  function exported() {
    var record = { jingzhong: 1, saved: today(), book: book(), results: results(), days: daily().days };
    return JSON.stringify(record, null, 1);
  }

  function isDay(value) {
    return typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value);
  }

  function isResult(value) {
    return (
      Boolean(value) &&
      ["title", "text", "id", "day"].every(function (name) {
        return typeof value[name] === "string";
      })
    );
  }

  function results() {
    var stored = kept(RESULTS);
    return Array.isArray(stored) ? stored.filter(isResult) : [];
  }

  /** {bank, day, done: {bank: [ids]}, days}: what was done of today's five, and on which days. */
  function daily() {
    var stored = kept(DAILY);
    var sound = stored && Array.isArray(stored.days) && stored.done && typeof stored.done === "object";
    var record = sound ? stored : { bank: "", day: "", done: {}, days: [] };
    record.days = record.days.filter(isDay);
    if (record.day !== today()) {
      record.day = today();
      record.done = {};
    }
    return record;
  }

  /** Note that one of a bank's questions for today was done; the `count`-th closes the day. */
  function recordDaily(bank, id, count) {
    var record = daily();
    var done = Array.isArray(record.done[bank]) ? record.done[bank] : [];
    if (done.indexOf(id) < 0) done.push(id);
    record.bank = bank;
    record.done[bank] = done;
    keep(DAILY, record);
    if (done.length >= count) addDays([record.day]);
  }

  function addDays(days) {
    var record = daily();
    days.forEach(function (day) {
      if (record.days.indexOf(day) < 0) record.days.push(day);
    });
    record.days = record.days.sort().slice(-DAYS_KEPT);
    keep(DAILY, record);
  }

  /** Take in an exported text; of two entries the one seen later counts. How many came, or -1. */
  function imported(text) {
    var given;
    try {
      given = JSON.parse(text);
    } catch (error) {
      return -1;
    }
    if (!given || given.jingzhong !== 1 || !isBook(given.book)) return -1;
    var all = book();
    var count = 0;
    Object.keys(given.book).forEach(function (id) {
      if (all[id] && all[id].seen >= given.book[id].seen) return;
      all[id] = given.book[id];
      count += 1;
    });
    keep(KEY, all);
    if (Array.isArray(given.results) && !results().length) {
      keep(RESULTS, given.results.filter(isResult).slice(0, RESULTS_KEPT));
    }
    if (Array.isArray(given.days)) addDays(given.days.filter(isDay));
    return count;
  }

  /** Everything about the learner goes; reading settings (type, colour) stay. */
  function clear() {
    KEPT.forEach(forget);
  }

  window.Jingzhong.progress = {
    keep: keep,
    kept: kept,
    forget: forget,
    onLoss: onLoss,
    isLost: function () {
      return failed;
    },
    today: today,
    record: record,
    open: open,
    mastered: mastered,
    due: due,
    drop: drop,
    results: results,
    addResult: addResult,
    daily: daily,
    recordDaily: recordDaily,
    exported: exported,
    imported: imported,
    clear: clear,
  };
})();
