// Draws <div data-chart="<id of a JSON island>">. The option comes from the server; colours, fonts and language are
// added here. Canvas and rich-text tooltips: no style element or attribute is made, which the CSP would refuse.
import { BarChart, LineChart, MapChart } from "echarts/charts";
import {
  AriaComponent,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TooltipComponent,
  VisualMapContinuousComponent,
  VisualMapPiecewiseComponent,
} from "echarts/components";
import { type ECharts, init, registerMap, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

use([
  BarChart,
  LineChart,
  MapChart,
  AriaComponent,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TooltipComponent,
  VisualMapContinuousComponent,
  VisualMapPiecewiseComponent,
  CanvasRenderer,
]);

type Option = Record<string, unknown> & { map_source?: string; map_json?: unknown };

const drawn = new Map<HTMLElement, ECharts>();

function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
}

/** Figures of a year stand at its end: the tick of 1 January 2018 is read as 2017-12, not as 2018. */
function monthBefore(moment: number): string {
  return new Date(moment - 86_400_000).toISOString().slice(0, 7);
}

function withLook(option: Option, still: boolean): Option {
  const axis = {
    axisLine: { lineStyle: { color: colour("line-strong") } },
    axisLabel: { color: colour("ink-soft") },
    splitLine: { lineStyle: { color: colour("line") } },
    nameTextStyle: { color: colour("ink-soft") },
  };
  const timely = { ...axis, axisLabel: { ...axis.axisLabel, formatter: monthBefore, hideOverlap: true } };
  const dressed = (given: unknown): unknown => {
    if (Array.isArray(given)) return given.map(dressed);
    if (!given || typeof given !== "object") return given;
    return { ...((given as { type?: string }).type === "time" ? timely : axis), ...given };
  };
  return {
    color: [colour("primary"), colour("warn"), colour("good"), colour("bad"), colour("muted")],
    backgroundColor: colour("surface"),
    animation: !still,
    grid: { left: 8, right: 16, top: 40, bottom: 8, containLabel: true },
    ...option,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: colour("ink"), ...(option.textStyle as object) },
    legend: option.legend && { textStyle: { color: colour("ink") }, top: 0, right: 0, ...(option.legend as object) },
    tooltip: {
      trigger: "axis",
      backgroundColor: colour("surface"),
      borderColor: colour("line"),
      textStyle: { color: colour("ink") },
      ...(option.tooltip as object),
      renderMode: "richText",
    },
    visualMap: option.visualMap && {
      textStyle: { color: colour("ink-soft") },
      inRange: { color: [colour("primary-soft"), colour("primary")] },
      ...(option.visualMap as object),
    },
    xAxis: dressed(option.xAxis),
    yAxis: dressed(option.yAxis),
    aria: { enabled: true, ...(option.aria as object) },
  };
}

async function loadMap(option: Option): Promise<void> {
  const source = option.map_json ?? (option.map_source && (await (await fetch(option.map_source)).json()));
  if (source) registerMap("zone", source as Parameters<typeof registerMap>[1]);
}

async function draw(canvas: HTMLElement): Promise<void> {
  const island = document.getElementById(canvas.dataset.chart ?? "");
  if (!island) return;
  const option = JSON.parse(island.textContent ?? "{}") as Option;
  await loadMap(option);
  drawn.get(canvas)?.dispose();
  const chart = init(canvas, null, { locale: document.documentElement.lang === "en" ? "EN" : "ZH" });
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  chart.setOption(withLook(option, still));
  drawn.set(canvas, chart);
}

async function drawAll(): Promise<void> {
  const all = [...document.querySelectorAll<HTMLElement>("[data-chart]")];
  await Promise.all(all.map(draw));
  for (const canvas of all) {
    canvas.dataset.drawn = "1";
    // The table was open for readers without scripts.
    canvas.closest("figure")?.querySelector("details.chart-table")?.removeAttribute("open");
  }
}

void drawAll();
addEventListener("sangu:theme", () => void drawAll());
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => void drawAll());
new ResizeObserver(() => drawn.forEach((chart) => chart.resize())).observe(document.body);
addEventListener("beforeprint", () => drawn.forEach((chart) => chart.resize()));
