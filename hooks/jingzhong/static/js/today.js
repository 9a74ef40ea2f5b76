/*
 * 历史上的今天 and the next fixed days: what depends on today's date is worked out in the browser,
 * so that the built site is the same whenever it is built.
 */
(function () {
  "use strict";

  var TEXT = {
    none: "今天没有收录的事故，最近的一天是",
    today: "就在今天",
    now: "就在这个月",
    left: "还有",
  };
  var DAY = 86400000;

  function two(number) {
    return (number < 10 ? "0" : "") + number;
  }

  /** Today as the page sees it; `data-now` lets a test or a rehearsal set the day. */
  function today(element) {
    var given = element.dataset.now;
    var now = given ? new Date(given + "T00:00:00") : new Date();
    return new Date(now.getFullYear(), now.getMonth(), now.getDate());
  }

  /** The nearest day at or before today that has an accident; the year is a circle. */
  function nearest(days, key) {
    var before = days.filter(function (day) {
      return day <= key;
    });
    return before.length ? before[before.length - 1] : days[days.length - 1];
  }

  window.Jingzhong.modules.today = function (element) {
    var now = today(element);
    var key = two(now.getMonth() + 1) + "-" + two(now.getDate());
    var days = element.dataset.days.split(" ").filter(Boolean);
    if (!days.length) return undefined;
    var day = nearest(days, key);
    // Without its data the section stays hidden; the page is whole without it.
    return window.Jingzhong.load(element.dataset.base, "today", day).then(function (rows) {
      var list = element.querySelector("[data-list]");
      var template = element.querySelector("template");
      element.querySelector("[data-day]").textContent =
        (day === key ? "" : TEXT.none) + Number(day.slice(0, 2)) + "月" + Number(day.slice(3)) + "日";
      rows.forEach(function (row) {
        var item = template.content.cloneNode(true);
        item.querySelector("[data-year]").textContent = row[0].slice(0, 4) + " 年";
        var link = item.querySelector("a");
        link.textContent = row[1];
        link.href = element.dataset.cases + row[0] + ".html";
        list.appendChild(item);
      });
      element.hidden = false;
    }, function () {});
  };

  /** First and last day of a fixed day in a year, from its `data-rule`. */
  function span(rule, year) {
    var parts = rule.split(" ");
    var month = Number(parts[1]) - 1;
    if (parts[0] === "month") return [new Date(year, month, 1), new Date(year, month + 1, 0)];
    if (parts[0] === "last") {
      var last = new Date(year, month + 1, 0);
      last.setDate(last.getDate() - ((last.getDay() - Number(parts[2]) + 7) % 7));
      return [last, last];
    }
    var day = new Date(year, month, Number(parts[2]));
    return [day, day];
  }

  window.Jingzhong.modules.calendar = function (element) {
    var now = today(element);
    var items = Array.prototype.map.call(element.querySelectorAll("[data-rule]"), function (item) {
      var range = span(item.dataset.rule, now.getFullYear());
      if (range[1] < now) range = span(item.dataset.rule, now.getFullYear() + 1);
      return { item: item, first: range[0], last: range[1] };
    });
    items.sort(function (a, b) {
      return a.first - b.first;
    });
    items.forEach(function (entry) {
      var note = entry.item.querySelector("[data-when]");
      var days = Math.round((entry.first - now) / DAY);
      var single = entry.first.getTime() === entry.last.getTime();
      if (days > 0) note.textContent = TEXT.left + " " + days + " 天";
      else note.textContent = single ? TEXT.today : TEXT.now;
      if (days <= 0) entry.item.dataset.current = "";
      note.hidden = false;
      element.appendChild(entry.item);
    });
  };
})();
