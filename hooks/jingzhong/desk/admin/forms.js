/* What the forms need beside Decap's own widgets. Decap gives CMS, createClass and h. */
(function () {
  "use strict";

  // How a value stands in a box of lines, and back. Empty lines count for nothing.
  var FORMS = {
    list: { show: lines, read: rows },
    // One value alone stands without a list, as authors write it.
    one_or_list: {
      show: lines,
      read: function (text) {
        var all = rows(text);
        return all.length === 1 ? all[0] : all;
      }
    },
    // `A: 文字` on each line, for options and columns.
    pairs: {
      show: function (value) {
        return Object.keys(value || {}).map(function (key) {
          return key + ": " + value[key];
        }).join("\n");
      },
      read: function (text) {
        var all = {};
        rows(text).forEach(function (row) {
          var at = row.search(/[:：.．、]/);
          if (at > 0) all[row.slice(0, at).trim()] = row.slice(at + 1).trim();
        });
        return all;
      }
    },
    // One blank on each line, its accepted answers between bars.
    blanks: {
      show: function (value) {
        return (Array.isArray(value) ? value : []).map(function (words) {
          return [].concat(words).join(" | ");
        }).join("\n");
      },
      read: function (text) {
        return rows(text).map(function (row) {
          return row.split(/[|｜]/).map(function (word) {
            return word.trim();
          }).filter(Boolean);
        });
      }
    }
  };

  function rows(text) {
    return text.split("\n").map(function (row) {
      return row.trim();
    }).filter(Boolean);
  }

  function lines(value) {
    return value === undefined || value === null ? "" : [].concat(value).join("\n");
  }

  var Lines = window.createClass({
    // What is typed stays as typed; the value is what it means.
    getInitialState: function () {
      var value = this.props.value;
      if (value && value.toJS) value = value.toJS();
      return { text: this.form().show(value) };
    },
    form: function () {
      return FORMS[this.props.field.get("form")];
    },
    change: function (event) {
      var value = this.form().read(event.target.value);
      this.setState({ text: event.target.value });
      this.props.onChange(value);
    },
    render: function () {
      return window.h("textarea", {
        id: this.props.forID,
        className: "jz-lines",
        rows: Math.max(2, this.state.text.split("\n").length + 1),
        value: this.state.text,
        onChange: this.change,
        onFocus: this.props.setActiveStyle,
        onBlur: this.props.setInactiveStyle
      });
    }
  });

  // A field left empty is a field left out.
  function isCollection(value) {
    return Boolean(value) && typeof value.filter === "function" && typeof value.map === "function";
  }

  function pruned(value) {
    if (!isCollection(value)) return value;
    return value.map(function (part) {
      return pruned(part);
    }).filter(function (part) {
      if (part === undefined || part === null || part === "") return false;
      return !isCollection(part) || part.size !== 0;
    });
  }

  // The one phrase of these forms that Decap has not in Chinese.
  var phrases = window.CMS.getLocale("zh_Hans");
  if (phrases && phrases.editor && phrases.editor.editorWidgets) {
    var list = phrases.editor.editorWidgets.list || {};
    list.addType = "新增%{item}";
    phrases.editor.editorWidgets.list = list;
  }

  window.CMS.registerWidget("lines", Lines);
  window.CMS.registerEventListener({
    name: "preSave",
    handler: function (event) {
      var data = pruned(event.entry.get("data"));
      // A case states its casualties even where no figure is known yet.
      if (!data.has("accident_type") || data.has("casualties")) return data;
      return data.set("casualties", data.filter(function () {
        return false;
      }));
    }
  });
  window.CMS.init();
})();
