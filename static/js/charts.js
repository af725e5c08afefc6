/* Turns the JSON of [data-chart] into a themed ECharts chart; templates/ui/chart.html documents it. Tooltips on the canvas need no style attributes. */
(function () {
  "use strict";
  var charts = [];

  function css(name) { return getComputedStyle(document.documentElement).getPropertyValue(name).trim(); }
  function colour(name) { return name ? css("--c-" + name) : undefined; }

  function frame() {
    return {
      color: [1, 2, 3, 4, 5, 6].map((i) => css("--c-d" + i)),
      textStyle: { fontFamily: css("--f-sans"), fontSize: 12, color: css("--c-ink-2") },
      animationDuration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 300,
      grid: { left: 4, right: 8, top: 34, bottom: 2, containLabel: true },
      legend: { top: 0, left: 0, itemWidth: 10, itemHeight: 10, itemGap: 16, icon: "roundRect", textStyle: { color: css("--c-ink-2"), fontSize: 12 } },
      tooltip: {
        trigger: "axis", renderMode: "richText", backgroundColor: css("--c-surface"), borderColor: css("--c-line-2"), borderWidth: 1,
        padding: [8, 12], textStyle: { color: css("--c-ink"), fontSize: 12 },
        axisPointer: { type: "shadow", shadowStyle: { color: "rgba(128,145,170,.10)" } },
      },
    };
  }

  function series(spec, item) {
    var out = { name: item.name, type: item.type || "bar", data: item.data, stack: item.stack, yAxisIndex: item.y || 0, z: item.z };
    if (item.color) out.itemStyle = { color: colour(item.color) };
    if (out.type === "bar") {
      var corners = spec.horizontal ? [0, 3, 3, 0] : item.stack ? 0 : [3, 3, 0, 0];
      out.barMaxWidth = item.w || 18;
      out.itemStyle = Object.assign({}, out.itemStyle, { borderRadius: corners });
      if (item.gap) out.barGap = item.gap;
    }
    if (out.type === "line") {
      out.smooth = item.step ? false : 0.25;
      out.symbol = "circle";
      out.symbolSize = 5;
      out.showSymbol = item.sym !== false && !item.step;
      out.lineStyle = { width: 2, type: item.dash ? "dashed" : "solid", color: colour(item.color) };
      if (item.step) out.step = "middle";
      if (item.area) out.areaStyle = { opacity: 0.1 };
    }
    if (out.type === "scatter") {
      out.symbolSize = (point) => point[2];
      out.itemStyle = Object.assign({ opacity: 0.65 }, out.itemStyle);
    }
    if (item.label) {
      out.label = {
        show: true, position: spec.horizontal ? "right" : "top", color: css("--c-ink-2"), fontSize: 11,
        formatter: item.label === "n0" ? (point) => Number(point.value).toLocaleString() : item.label,
      };
    }
    if (item.mark !== undefined && item.mark !== null) {
      out.markLine = {
        silent: true, symbol: "none", lineStyle: { color: css("--c-ink-3"), type: "dashed" },
        label: { formatter: item.markLabel || "", color: css("--c-ink-3"), fontSize: 11, position: "insideEndTop" },
        data: [spec.horizontal ? { xAxis: item.mark } : { yAxis: item.mark }],
      };
    }
    return out;
  }

  function options(spec) {
    var out = frame();
    var label = { color: css("--c-ink-3"), fontSize: 12 };
    var category = {
      type: "category", data: spec.x, axisLine: { lineStyle: { color: css("--c-line-2") } }, axisTick: { show: false }, splitLine: { show: false },
      axisLabel: Object.assign({}, label, innerWidth > 600 || spec.horizontal ? { interval: 0 } : {}),
    };
    var values = (spec.units || [""]).map((unit, i) => {
      return {
        type: "value", name: spec.nolegend ? unit : "", min: (spec.min || [])[i], max: (spec.max || [])[i], splitNumber: 4, axisLine: { show: false }, axisTick: { show: false },
        axisLabel: label, splitLine: { show: i === 0, lineStyle: { color: css("--c-line") } }, nameTextStyle: { color: css("--c-ink-3") },
      };
    });
    out.series = spec.series.map((item) => series(spec, item));
    if (spec.horizontal) {
      category.inverse = true;
      out.xAxis = Object.assign({}, values[0], { axisLabel: { show: false }, splitLine: { show: false } });
      out.yAxis = category;
      out.grid.top = spec.nolegend ? 4 : 30;
      out.grid.right = 56;
    } else {
      out.xAxis = category;
      out.yAxis = values;
    }
    if (spec.scatter) {
      out.tooltip = Object.assign({}, out.tooltip, { trigger: "item", formatter: (point) => point.data[3] });
      out.xAxis = Object.assign({}, values[0], { name: spec.x, nameLocation: "middle", nameGap: 26 });
      out.grid.bottom = 22;
      out.series.forEach((item) => { item.markLine = { silent: true, symbol: "none", label: { show: false }, lineStyle: { color: css("--c-ink-3"), type: "dashed" }, data: [{ xAxis: spec.split[0] }, { yAxis: spec.split[1] }] }; });
    }
    if (spec.nolegend) out.legend = { show: false };
    if (spec.top !== undefined) out.grid.top = spec.top;
    return out;
  }

  function draw(node) {
    var spec = JSON.parse(document.getElementById(node.dataset.chart).textContent);
    var chart = window.echarts.getInstanceByDom(node) || window.echarts.init(node, null, { renderer: "canvas" });
    chart.setOption(options(spec), true);
    if (!chart.crmBound) {
      chart.crmBound = true;
      chart.on("click", (point) => {
        var urls = spec.urls || (spec.series[point.seriesIndex] || {}).urls;
        if (urls && urls[point.dataIndex]) location.href = urls[point.dataIndex];
      });
    }
    if (charts.indexOf(node) < 0) charts.push(node);
  }

  function each(work) {
    charts = charts.filter((node) => node.isConnected);
    charts.forEach(work);
  }

  document.addEventListener("crm:theme", () => { each(draw); });
  window.addEventListener("resize", () => { each((node) => { window.echarts.getInstanceByDom(node).resize(); }); });
  window.crm.charts = { draw: (from) => { Array.prototype.forEach.call((from || document).querySelectorAll("[data-chart]"), draw); } };
})();
