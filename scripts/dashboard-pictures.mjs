// `node scripts/dashboard-pictures.mjs <Prometheus> [minutes]`: draws what the Grafana dashboard's own queries give for
// the last minutes of a running Prometheus, into docs/watch/*.webp. Not Grafana's drawing: uPlot's, in Chromium, and
// the pictures say so. Needs /usr/bin/chromium, or CHROMIUM.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';

const root = path.resolve(import.meta.dirname, '..');
const dashboardFile = 'docker/observability/grafana/dashboards/paymatch.json';
const [address = 'http://127.0.0.1:9090', minutes = '10'] = process.argv.slice(2);
const STEP_SECONDS = 5;
const PANELS_PER_PICTURE = 12;

const { panels } = JSON.parse(readFileSync(path.join(root, dashboardFile), 'utf8'));
const to = Math.floor(Date.now() / 1_000 / STEP_SECONDS) * STEP_SECONDS;
const from = to - Number(minutes) * 60;
const times = Array.from({ length: (to - from) / STEP_SECONDS + 1 }, (_, index) => from + index * STEP_SECONDS);

async function seriesOf(target) {
  const query = new URLSearchParams({
    // Grafana makes it four scrapes.
    query: target.expr.replaceAll('$__rate_interval', `${4 * STEP_SECONDS}s`),
    start: String(from),
    end: String(to),
    step: String(STEP_SECONDS),
  });
  const answer = await fetch(`${address}/api/v1/query_range?${query}`, { signal: AbortSignal.timeout(10_000) });
  const { status, data, error } = await answer.json();
  if (status !== 'success') throw new Error(`${target.expr}: ${error}`);
  return data.result.map(({ metric, values }) => {
    const at = new Map(values.map(([time, value]) => [time, Number(value)]));
    const name = (target.legendFormat ?? '').replace(/\{\{\s*(\w+)\s*\}\}/g, (_, label) => metric[label] ?? '');
    return {
      name: name || Object.values(metric).join(' ') || target.expr.slice(0, 24),
      values: times.map((time) => (Number.isFinite(at.get(time)) ? at.get(time) : null)),
    };
  });
}

const drawn = [];
for (const { title, targets, fieldConfig } of panels)
  drawn.push({
    title,
    unit: fieldConfig?.defaults?.unit ?? 'short',
    series: (await Promise.all(targets.map(seriesOf))).flat().slice(0, 12),
  });

/** Runs in the page. */
function draw({ heading, panels: shown, times: axis }) {
  const colours = '#4e79a7 #f28e2b #59a14f #e15759 #76b7b2 #edc948 #b07aa1 #ff9da7 #9c755f #499894 #86bcb6 #79706e';
  const palette = colours.split(' ');
  const scaled = (value, steps) => {
    const [factor, suffix] = steps.find(([least]) => Math.abs(value) >= least) ?? steps.at(-1);
    return `${Number((value / factor).toPrecision(3))}${suffix}`;
  };
  const formats = {
    s: (value) =>
      value === 0
        ? '0'
        : scaled(value, [
            [1, ' s'],
            [0.001, ' ms'],
            [0.000001, ' µs'],
          ]),
    bytes: (value) =>
      scaled(value, [
        [1e9, ' GB'],
        [1e6, ' MB'],
        [1e3, ' kB'],
        [1, ' B'],
      ]),
    percentunit: (value) => `${Number((value * 100).toPrecision(3))} %`,
    ops: (value) => `${Number(value.toPrecision(3))}/s`,
    reqps: (value) => `${Number(value.toPrecision(3))}/s`,
    short: (value) => String(Number(value.toPrecision(4))),
  };
  document.querySelector('h1').textContent = heading;
  for (const { title, unit, series } of shown) {
    const box = document.body.querySelector('main').appendChild(document.createElement('section'));
    box.appendChild(document.createElement('h2')).textContent = title;
    if (series.length === 0) {
      box.appendChild(document.createElement('p')).textContent = 'nothing of this kind in the time shown';
      continue;
    }
    const format = formats[unit] ?? formats.short;
    const lines = series.map((_, index) => ({ stroke: palette[index], width: 1.5, points: { show: false } }));
    const most = Math.max(1e-9, ...series.flatMap(({ values }) => values.filter((value) => value !== null)));
    new window.uPlot(
      {
        width: 440,
        height: 150,
        legend: { show: false },
        cursor: { show: false },
        scales: { y: { range: [0, most * 1.1] } },
        axes: [
          {
            space: 45,
            values: (_plot, ticks) => ticks.map((tick) => new Date(tick * 1_000).toISOString().slice(11, 16)),
          },
          { size: 64, values: (_plot, ticks) => ticks.map(format) },
        ],
        series: [{}, ...lines],
      },
      [axis, ...series.map(({ values }) => values)],
      box,
    );
    const legend = box.appendChild(document.createElement('p'));
    for (const [index, { name }] of series.entries()) {
      const entry = legend.appendChild(document.createElement('span'));
      entry.style.setProperty('--colour', palette[index]);
      entry.textContent = name;
    }
  }
}

const style = `body { margin: 0; padding: 12px; width: 1400px; font: 12px sans-serif; background: #fff; color: #222 }
  h1 { font-size: 13px; font-weight: normal; margin: 0 0 8px } h2 { font-size: 13px; margin: 0 0 2px }
  main { display: grid; grid-template-columns: repeat(3, 1fr); gap: 8px } section { border: 1px solid #ddd; padding: 8px; min-width: 0 }
  p { margin: 2px 0 0; line-height: 1.4; display: flex; flex-wrap: wrap } span::before { content: '■ '; color: var(--colour) } span { margin-right: 10px; white-space: nowrap }
  section { overflow: hidden }`;
const dist = path.join(root, 'node_modules/uplot/dist');
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
});
try {
  mkdirSync(path.join(root, 'docs/watch'), { recursive: true });
  const day = new Date(to * 1_000).toISOString().slice(0, 16).replace('T', ' ');
  for (let first = 0; first < drawn.length; first += PANELS_PER_PICTURE) {
    const page = await browser.newPage({ viewport: { width: 1424, height: 900 } });
    await page.setContent(`<style>${style}</style><h1></h1><main></main>`);
    await page.addStyleTag({ path: path.join(dist, 'uPlot.min.css') });
    await page.addScriptTag({ path: path.join(dist, 'uPlot.iife.min.js') });
    await page.evaluate(draw, {
      heading:
        `The dashboard's queries (${dashboardFile}), drawn from Prometheus by uPlot, not by Grafana: ${minutes} ` +
        `minutes until ${day} UTC`,
      panels: drawn.slice(first, first + PANELS_PER_PICTURE),
      times,
    });
    const { height } = await page.locator('body').boundingBox();
    const session = await page.context().newCDPSession(page);
    const { data } = await session.send('Page.captureScreenshot', {
      format: 'webp',
      quality: 80,
      captureBeyondViewport: true,
      clip: { x: 0, y: 0, width: 1424, height: Math.ceil(height) + 12, scale: 1 },
    });
    const file = `docs/watch/dashboard-${first / PANELS_PER_PICTURE + 1}.webp`;
    writeFileSync(path.join(root, file), Buffer.from(data, 'base64'));
    console.log(`${file}: ${Math.round((data.length * 3) / 4 / 1_024)} KB`);
    await page.close();
  }
} finally {
  await browser.close();
}
