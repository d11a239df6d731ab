/* Colours before the first paint, and the small callbacks that need no server. */
(function () {
  "use strict";
  var COOKIE = /(?:^|;\s*)scheme=(light|dark)(?:;|$)/;
  function remember(scheme) {
    document.cookie = "scheme=" + scheme + "; path=/; max-age=31536000; samesite=strict";
    document.documentElement.setAttribute("data-mantine-color-scheme", scheme);
  }
  if (!COOKIE.test(document.cookie)) {
    var dark = window.matchMedia && window.matchMedia("(prefers-color-scheme: dark)").matches;
    remember(dark ? "dark" : "light");
  }
  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.viewer = {
    toggleScheme: function (clicks, scheme) {
      if (!clicks) { return window.dash_clientside.no_update; }
      var next = scheme === "dark" ? "light" : "dark";
      remember(next);
      return next;
    },
    applyScheme: function (scheme) { return scheme; },
    toggleFilters: function (clicks) {
      if (!clicks) { return [window.dash_clientside.no_update, window.dash_clientside.no_update]; }
      var open = clicks % 2 === 1;
      return [open ? "filters open" : "filters", String(open)];
    },
    letRowGo: function (opened) { return opened ? window.dash_clientside.no_update : []; }
  };
  /* The grid: Enter on a row does what a click does. */
  var grid = (window.dashAgGridFunctions = window.dashAgGridFunctions || {});
  grid.openOnEnter = function (params) {
    if (params.event && params.event.key === "Enter" && params.node) {
      params.node.setSelected(true, true);
    }
  };
})();
