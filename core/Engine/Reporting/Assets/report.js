'use strict';
(() => {
  const data = JSON.parse(document.getElementById('data').textContent);

  // Places of a trade's values, in the order in which ReportData writes them.
  const ID = 0, SYMBOL = 1, STRATEGY = 2, MODE = 3, LONG = 4, SCORE = 5, REGIME = 6, ENTRY = 7, CLOSED = 8,
    OUTCOME = 9, NET = 10, GROSS = 11, MFE = 12, MAE = 13, BARS = 14, REASON = 15, SHADOW = 16;
  const NAMED = [SYMBOL, STRATEGY, MODE, REGIME, REASON, SHADOW];
  for (const trade of data.trades) for (const place of NAMED) trade[place] = data.names[trade[place]];
  const primary = data.trades.filter(t => !t[SHADOW]);

  const $ = id => document.getElementById(id);
  const esc = text => String(text).replace(/[&<>"']/g, c => `&#${c.charCodeAt(0)};`);
  const plain = (value, digits = 2) => {
    if (value === null || !Number.isFinite(value)) return '—';
    const [whole, rest] = Math.abs(value).toFixed(digits).split('.');
    const zero = Number(Math.abs(value).toFixed(digits)) === 0;
    return (value < 0 && !zero ? '−' : '') + whole.replace(/\B(?=(?:\d{3})+$)/g, '\u202F') + (rest ? '.' + rest : '');
  };
  const signed = (value, digits = 2) => value !== null && Number(Number(value).toFixed(digits)) > 0
    ? '+' + plain(value, digits) : plain(value, digits);
  const words = name => name.replace(/([a-z])([A-Z])/g, '$1 $2');
  const iso = seconds => new Date(seconds * 1000).toISOString();
  const minute = seconds => iso(seconds).slice(0, 16).replace('T', ' ');
  const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
  const day = seconds => { const d = new Date(seconds * 1000); return `${d.getUTCDate()} ${months[d.getUTCMonth()]}`; };
  const monthOf = seconds => { const d = new Date(seconds * 1000); return `${months[d.getUTCMonth()]} ${d.getUTCFullYear()}`; };
  const sign = value => value > 0.005 ? 'up' : value < -0.005 ? 'dn' : '';

  // ---- small SVG kit -------------------------------------------------------------------------------------
  const path = points => points.map((p, i) => (i ? 'L' : 'M') + p[0].toFixed(1) + ' ' + p[1].toFixed(1)).join('');
  const text = (x, y, s, o = {}) => `<text x="${x}" y="${y}" font-size="11" fill="${o.c || 'var(--t3)'}" text-anchor="${o.a || 'start'}"${o.w ? ` font-weight="${o.w}"` : ''}${o.halo ? ' paint-order="stroke" stroke="var(--bg-1)" stroke-width="3" stroke-linejoin="round"' : ''}>${esc(s)}</text>`;
  const svg = (w, h, body) => `<svg viewBox="0 0 ${w} ${h}" width="${w}" height="${h}" aria-hidden="true">${body}</svg>`;
  const line = (x1, y1, x2, y2, c, more = '') => `<path d="M${x1} ${y1}L${x2} ${y2}" stroke="${c}" fill="none" ${more}/>`;
  const ticks = (low, high, about) => {
    const raw = (high - low) / about || 1, power = 10 ** Math.floor(Math.log10(raw)), m = raw / power;
    const step = (m < 1.5 ? 1 : m < 3.5 ? 2 : m < 7.5 ? 5 : 10) * power, found = [];
    for (let k = Math.ceil(low / step); k * step <= high + 1e-9; k++) found.push(+(k * step).toPrecision(12));
    return found;
  };

  // A drawing is made again whenever its box changes size.
  const fit = (element, draw) => {
    let last = '';
    const again = () => {
      if (!element.isConnected) return watcher.disconnect();   // another trade took its place
      const style = getComputedStyle(element);
      const w = Math.floor(element.clientWidth - parseFloat(style.paddingLeft) * 2);
      const h = Math.floor(element.clientHeight - parseFloat(style.paddingTop) * 2);
      if (w < 60 || h < 60 || last === w + 'x' + h) return;
      last = w + 'x' + h;
      draw(element, w, h);
    };
    const watcher = new ResizeObserver(again);
    watcher.observe(element);
    again();
  };
  const nothing = (element, why) => { element.innerHTML = `<p class="empty">${esc(why)}</p>`; };

  // ---- equity and drawdown -------------------------------------------------------------------------------
  // At most two points per pixel: the lowest and the highest of those that fall on it.
  const thin = (points, width) => {
    if (points.length <= width * 2) return points;
    const size = Math.ceil(points.length / width), kept = [];
    for (let i = 0; i < points.length; i += size) {
      const part = points.slice(i, i + size);
      let low = part[0], high = part[0];
      for (const p of part) { if (p[1] < low[1]) low = p; if (p[1] > high[1]) high = p; }
      kept.push(...(low[0] <= high[0] ? [low, high] : [high, low]));
    }
    kept.push(points[points.length - 1]);
    return kept;
  };
  const timeTicks = (from, to, width) => {
    const days = (to - from) / 86400, about = Math.max(2, Math.floor(width / 90)), out = [];
    if (days > 45 * about) {
      const d = new Date(from * 1000), months = Math.ceil(days / 30.4 / about);
      for (let t = Date.UTC(d.getUTCFullYear(), d.getUTCMonth() + 1, 1); t / 1000 < to;) {
        out.push([t / 1000, monthOf(t / 1000)]);
        const n = new Date(t); t = Date.UTC(n.getUTCFullYear(), n.getUTCMonth() + months, 1);
      }
      return out;
    }
    const step = [1 / 24, 0.25, 0.5, 1, 2, 7, 14, 28, 56].find(s => days / s <= about) || 56, s = step * 86400;
    for (let t = Math.ceil(from / s) * s; t < to; t += s) out.push([t, step < 1 ? minute(t).slice(5) : day(t)]);
    return out;
  };
  fit($('equity'), (element, w, h) => {
    const points = data.equity;
    if (!points.length) return nothing(element, 'No trade closed: there is no curve.');
    const widest = data.equity.some(p => Math.abs(p[1]) >= 1000 || Math.abs(p[2]) >= 1000);
    const right = widest ? 62 : 48, bottom = 20, gap = 14, top = (h - bottom - gap) * 0.7, depth = h - bottom - gap - top;
    const all = [[data.from, 0, 0, 0], ...points], plot = w - right, last = all[all.length - 1];
    const from = Math.min(data.from, points[0][0]), to = Math.max(data.to, last[0]);
    let low = 0, high = 0, worst = all[0];
    for (const p of all) {
      low = Math.min(low, p[1], p[2]); high = Math.max(high, p[1], p[2]);
      if (p[3] < worst[3]) worst = p;
    }
    if (high - low < 1) high = low + 1;
    const X = t => (t - from) / (to - from || 1) * plot;
    const Y = v => 8 + (high - v) / (high - low) * (top - 16);
    const D = v => top + gap + (worst[3] ? v / worst[3] : 0) * (depth - 6);
    let b = '';
    const marks = ticks(low, high, 5), digits = marks.every(Number.isInteger) ? 0 : 1;
    for (const v of marks) {
      b += line(0, Y(v), plot, Y(v), v === 0 ? 'var(--line-2)' : 'var(--grid)');
      if (Math.abs(Y(v) - Y(last[1])) > 14) b += text(plot + 6, Y(v) + 4, signed(v, digits) + (v === 0 ? ' R' : ''));
    }
    for (const [t, label] of timeTicks(from, to, plot)) {
      b += line(X(t), 0, X(t), h - bottom, 'var(--grid)');
      if (X(t) > 24 && X(t) < plot - 20) b += text(X(t), h - 5, label, { a: 'middle' });
    }
    const net = thin(all.map(p => [X(p[0]), Y(p[1])]), plot), gross = thin(all.map(p => [X(p[0]), Y(p[2])]), plot);
    b += `<path d="${path(gross)}" fill="none" stroke="var(--t3)" stroke-width="1.4" stroke-dasharray="2 3"/>`;
    b += `<path d="${path(net)}L${net[net.length - 1][0]} ${Y(0)}L0 ${Y(0)}Z" fill="var(--t1)" opacity=".05"/>`;
    b += `<path d="${path(net)}" fill="none" stroke="var(--t1)" stroke-width="1.6" stroke-linejoin="round"/>`;
    b += `<rect x="${plot + 2}" y="${Y(last[1]) - 9}" width="${right - 2}" height="18" rx="3" fill="var(--t1)"/>`
      + text(plot + right / 2 + 1, Y(last[1]) + 4, signed(last[1], 1), { c: '#0b0e13', a: 'middle', w: 600 });
    const deep = thin(all.map(p => [X(p[0]), D(p[3])]), plot);
    b += `<path d="M0 ${D(0)}${path(deep).replace('M', 'L')}L${deep[deep.length - 1][0]} ${D(0)}Z" fill="var(--dn-fill)"/>`
      + `<path d="${path(deep)}" fill="none" stroke="var(--dn)"/>` + text(plot + 6, D(0) + 9, 'DD, R');
    if (worst[3] < 0) {
      const left = X(worst[0]) > plot * 0.6;
      b += `<circle cx="${X(worst[0])}" cy="${D(worst[3])}" r="2.5" fill="var(--dn)"/>`
        + text(plot + 6, D(worst[3]) + 1, plain(worst[3], 1), { c: 'var(--dn)' })
        + text(X(worst[0]) + (left ? -7 : 7), D(worst[3]) - 3, day(worst[0]), { c: 'var(--dn)', a: left ? 'end' : 'start', halo: 1 });
    }
    element.innerHTML = svg(w, h, b);
  });

  // ---- score against result ------------------------------------------------------------------------------
  fit($('score'), (element, w, h) => {
    const buckets = data.buckets;
    if (!buckets.length) return nothing(element, 'No trade with a score closed.');
    const left = 38, bottom = 38, ENOUGH = 20;
    let low = -0.2, high = 0.2;
    for (const [, n, mean, from, to] of buckets) {
      const solid = n >= ENOUGH && from !== null;
      low = Math.min(low, Math.max(-1.5, solid ? from : mean)); high = Math.max(high, Math.min(2, solid ? to : mean));
    }
    const pad = (high - low) * 0.08; low -= pad; high += pad;
    const Y = v => Math.max(4, Math.min(h - bottom, 8 + (high - v) / (high - low) * (h - bottom - 8)));
    const slot = (w - left) / buckets.length;
    let b = '';
    for (const v of ticks(low, high, 6)) b += line(left, Y(v), w, Y(v), v ? 'var(--grid)' : 'var(--line-2)') + text(left - 6, Y(v) + 4, signed(v, 1), { a: 'end' });
    buckets.forEach(([name, n, mean, from, to], i) => {
      const x = left + (i + 0.5) * slot, few = n < ENOUGH, c = few ? 'var(--t3)' : 'var(--t2)';
      const dot = few ? 'var(--bg-1)' : from > 0 ? 'var(--up)' : to < 0 ? 'var(--dn)' : 'var(--t1)';
      if (from !== null) b += `<path d="M${x} ${Y(from)}V${Y(to)}M${x - 5} ${Y(from)}h10M${x - 5} ${Y(to)}h10" fill="none" stroke="${c}" stroke-width="1.4"${few ? ' stroke-dasharray="3 3"' : ''}/>`;
      b += `<circle cx="${x}" cy="${Y(mean)}" r="4.5" fill="${dot}" stroke="${few ? 'var(--t2)' : dot}" stroke-width="1.5"/>`;
      const end = i === buckets.length - 1;
      if (slot > 56) b += text(x + (end ? -9 : 9), Y(mean) + 4, signed(mean), { c: 'var(--t1)', halo: 1, a: end ? 'end' : 'start' });
      // Where there is no room for a whole range, its lower end stands for it.
      const label = slot > 66 ? name : name.split('–')[0].replace(/(\d\.\d)0/, '$1');
      b += text(x, h - 21, label, { a: 'middle', c: 'var(--t2)' }) + text(x, h - 6, (slot > 44 ? 'n ' : '') + n, { a: 'middle' });
      if (i && name.startsWith('AP') && !buckets[i - 1][0].startsWith('AP')) b += line(x - slot / 2, 4, x - slot / 2, h - bottom, 'var(--line-2)', 'stroke-dasharray="2 3"');
    });
    element.innerHTML = svg(w, h, b);
  });

  // ---- MAE against MFE: a canvas, because ten thousand marks are too many elements ---------------------------
  fit($('moments'), (element, w, h) => {
    if (!primary.length) return nothing(element, 'No trade closed.');
    const left = 32, bottom = 20, far = 5, deep = -1.2;
    const X = v => left + (Math.max(deep, v) - deep) / -deep * (w - left - 8);
    const Y = v => 26 + (far - Math.min(far, v)) / far * (h - bottom - 32);
    const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    const canvas = document.createElement('canvas'), ratio = devicePixelRatio || 1;
    canvas.width = w * ratio; canvas.height = h * ratio;
    element.replaceChildren(canvas);
    const c = canvas.getContext('2d');
    c.scale(ratio, ratio);
    c.font = '11px ' + getComputedStyle(document.body).fontFamily;
    const rule = (x1, y1, x2, y2, s) => { c.strokeStyle = s; c.lineWidth = 1; c.beginPath(); c.moveTo(x1, y1); c.lineTo(x2, y2); c.stroke(); };
    const label = (s, x, y, fill, align = 'left') => {
      c.textAlign = align; c.strokeStyle = colour('--bg-1'); c.lineWidth = 3; c.strokeText(s, x, y);
      c.fillStyle = fill; c.fillText(s, x, y);
    };
    for (let v = 0; v <= 5; v++) {
      rule(left, Y(v), w, Y(v), v === 1 || v === 2 ? colour('--up-deep') : colour(v ? '--grid' : '--line-2'));
      label(v === 5 ? '≥ 5' : v ? '+' + v : '0', left - 6, Y(v) + 4, colour('--t3'), 'right');
    }
    for (const v of [-1, -0.75, -0.5, -0.25, 0]) {
      rule(X(v), 22, X(v), h - bottom, v === -1 ? colour('--dn-deep') : colour('--grid'));
      label(v ? plain(v) : '0', X(v) - (v ? 0 : 4), h - 5, colour('--t3'), 'center');
    }
    const up = colour('--up'), dn = colour('--dn'), even = colour('--t2');
    const size = primary.length > 2000 ? 1.6 : 2.6;
    c.globalAlpha = primary.length > 2000 ? 0.4 : 0.75;
    c.lineWidth = 1.2;
    for (const t of primary) {
      const x = X(t[MAE]), y = Y(t[MFE]);
      c.beginPath();
      if (t[OUTCOME] === 2) { c.fillStyle = up; c.arc(x, y, size, 0, 7); c.fill(); }
      else if (t[OUTCOME] === 0) { c.strokeStyle = dn; c.moveTo(x - size, y - size); c.lineTo(x + size, y + size); c.moveTo(x + size, y - size); c.lineTo(x - size, y + size); c.stroke(); }
      else { c.strokeStyle = even; c.arc(x, y, size - 0.3, 0, 7); c.stroke(); }
    }
    c.globalAlpha = 1;
    label('TP1', X(-0.97), Y(1) - 4, up); label('TP2', X(-0.97), Y(2) - 4, up); label('stop', X(-1), 14, dn, 'center');
    label('● won', w - 128, 14, up); label('○ even', w - 84, 14, even); label('× lost', w - 38, 14, dn);
  });

  // ---- the list of trades --------------------------------------------------------------------------------
  const ROW = 28;
  const outcome = ['× lost', '○ even', '● won'];
  const direction = t => t[LONG] ? '<span class="dir up">▲ L</span>' : '<span class="dir dn">▼ S</span>';
  const columns = [
    ['Entry, UTC', ENTRY, t => minute(t[ENTRY]).slice(2)],
    ['Symbol', SYMBOL, t => `<b>${esc(t[SYMBOL])}</b>`],
    ['Strategy', STRATEGY, t => `<span title="${esc(t[MODE])}">${esc(words(t[STRATEGY]))} <span class="t3">${esc(t[MODE].toLowerCase())}</span></span>`],
    ['Side', LONG, direction],
    ['Score', SCORE, t => plain(t[SCORE], t[STRATEGY] === 'ActionPrice' ? 0 : 2), 1],
    ['Regime', REGIME, t => esc(t[REGIME].toLowerCase()) || '—'],
    ['Result', OUTCOME, t => outcome[t[OUTCOME]]],
    ['Exit', REASON, t => esc(t[REASON])],
    ['Net, R', NET, t => `<b class="${sign(t[NET])}">${signed(t[NET])}</b>`, 1],
    ['Bars', BARS, t => plain(t[BARS], 0), 1],
  ];
  const list = $('list'), rows = $('rows');
  let shown = data.trades, chosen = null, sortBy = ENTRY, ascending = true;
  $('thead').innerHTML = columns.map((c, i) => `<button data-column="${i}"${c[3] ? ' class="num"' : ''}>${c[0]}</button>`).join('');
  const render = () => {
    const first = Math.max(0, Math.floor(list.scrollTop / ROW) - 5);
    const count = Math.ceil(list.clientHeight / ROW) + 10;
    rows.style.transform = `translateY(${first * ROW}px)`;
    rows.innerHTML = shown.slice(first, first + count).map((t, i) => `<div class="row${t === chosen ? ' sel' : ''}${t[SHADOW] ? ' shadow' : ''}" role="row" data-at="${first + i}">`
      + columns.map(c => `<span${c[3] ? ' class="num"' : ''}>${c[2](t)}</span>`).join('') + '</div>').join('');
  };
  const refresh = () => {
    const wanted = $('f-text').value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const [o, s, x] = ['f-outcome', 'f-side', 'f-exec'].map(id => $(id).value);
    shown = data.trades.filter(t => (o === '' || t[OUTCOME] === +o) && (s === '' || t[LONG] === +s)
      && (x === '' || (x === 's') === Boolean(t[SHADOW]))
      && (!wanted.length || (text => wanted.every(q => text.includes(q)))(`${t[SYMBOL]} ${t[STRATEGY]} ${words(t[STRATEGY])} ${t[MODE]} ${t[REGIME]} ${t[REASON]} ${t[ID]}`.toLowerCase())));
    const way = ascending ? 1 : -1, value = t => t[sortBy] ?? -Infinity;
    shown.sort((a, b) => (value(a) < value(b) ? -way : value(a) > value(b) ? way : a[ENTRY] - b[ENTRY] || (a[ID] < b[ID] ? -1 : 1)));
    $('space').style.height = shown.length * ROW + 'px';
    $('shown').textContent = `${plain(shown.length, 0)} of ${plain(data.trades.length, 0)} shown`;
    for (const button of $('thead').children) {
      const here = columns[button.dataset.column][1] === sortBy;
      button.textContent = columns[button.dataset.column][0] + (here ? (ascending ? ' ↑' : ' ↓') : '');
      if (here) button.setAttribute('aria-sort', ascending ? 'ascending' : 'descending'); else button.removeAttribute('aria-sort');
    }
    render();
  };
  $('thead').addEventListener('click', event => {
    const column = columns[event.target.dataset.column];
    if (!column) return;
    ascending = sortBy === column[1] ? !ascending : !column[3];
    sortBy = column[1];
    list.scrollTop = 0;
    refresh();
  });
  for (const id of ['f-text', 'f-outcome', 'f-side', 'f-exec']) $(id).addEventListener('input', () => { list.scrollTop = 0; refresh(); });
  list.addEventListener('scroll', render, { passive: true });
  new ResizeObserver(render).observe(list);
  const choose = at => {
    if (at < 0 || at >= shown.length) return;
    chosen = shown[at];
    if (at * ROW < list.scrollTop) list.scrollTop = at * ROW;
    if ((at + 1) * ROW > list.scrollTop + list.clientHeight) list.scrollTop = (at + 1) * ROW - list.clientHeight;
    render();
    showTrade(chosen);
  };
  rows.addEventListener('click', event => { const row = event.target.closest('.row'); if (row) choose(+row.dataset.at); });
  list.addEventListener('keydown', event => {
    const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1, PageDown: 15, PageUp: -15 }[event.key];
    if (!step) return;
    event.preventDefault();
    choose(Math.max(0, Math.min(shown.length - 1, shown.indexOf(chosen) + step)));
  });

  // ---- one trade -----------------------------------------------------------------------------------------
  const candlesOf = detail => {
    const b = detail.b, scale = 10 ** detail.dp, out = [];
    let time = b[0], close = b[1];
    for (let i = 2; i < b.length; i += 5) {
      time += b[i] * 60;
      const open = close + b[i + 1]; close = open + b[i + 2];
      out.push([time, open / scale, (Math.max(open, close) + b[i + 3]) / scale, (Math.min(open, close) - b[i + 4]) / scale, close / scale]);
    }
    return out;
  };
  const showTrade = t => {
    const detail = data.details[t[ID]];
    $('d-title').innerHTML = `${esc(t[SYMBOL])} · ${esc(words(t[STRATEGY]))} ${direction(t)}`;
    $('d-sub').textContent = `${t[ID]}${t[SHADOW] ? ' · ' + t[SHADOW] : ''}`;
    const fact = (k, v) => `<div><span>${k}</span><b>${v}</b></div>`;
    const net = `<span class="${sign(t[NET])}">${signed(t[NET])} R</span>`;
    const held = `${minute(t[ENTRY]).slice(5)} → ${minute(t[CLOSED]).slice(5)}`;
    const base = fact('Net', net) + fact('Gross', signed(t[GROSS]) + ' R') + fact('Best', signed(t[MFE]) + ' R') + fact('Worst', signed(t[MAE]) + ' R');
    if (!detail) {
      $('d-body').innerHTML = `<div class="facts">${base}</div><p class="empty">No chart: only the first and the last trades carry their candles. trades.jsonl has the rest of this one.</p>`;
      return;
    }
    const [entry, stop, tp1, tp2] = detail.p, dp = detail.dp, [fees, slippage, funding] = detail.c;
    const exits = detail.x.map(x => `<tr><td>${minute(x[0]).slice(5)}</td><td>${esc(data.names[x[3]])}</td><td class="num">${plain(x[2] * 100, 0)} %</td><td class="num">${plain(x[1], dp)}</td></tr>`).join('');
    const parts = detail.s.map(p => `<tr><td class="t1">${esc(data.names[p[0]])}</td><td class="num">${p[1] === null ? '<span class="hatch"></span> —' : signed(p[1])}</td><td class="t3">${esc(p[2])}</td></tr>`).join('');
    $('d-body').innerHTML = `<div class="tchart" id="d-chart" role="img" aria-label="Candles around the trade with entry, stop, targets and exits"></div>`
      + `<div class="facts">${base}${fact('Fees', signed(-fees) + ' R')}${fact('Slippage', signed(-slippage) + ' R')}${fact('Funding', signed(-funding) + ' R')}${fact('Score', plain(t[SCORE]))}${fact('Entry', plain(entry, dp))}${fact('Stop', plain(stop, dp))}${fact('TP1', plain(tp1, dp))}${fact('TP2', tp2 === null ? '—' : plain(tp2, dp))}</div>`
      + `<div class="two"><table class="t"><thead><tr><th>Exit, UTC</th><th>Reason</th><th class="num">Part</th><th class="num">Price</th></tr></thead><tbody>${exits}</tbody></table>`
      + `<table class="t"><thead><tr><th>Score part</th><th class="num">Points</th><th>Because</th></tr></thead><tbody>${parts || '<tr><td colspan="3">none</td></tr>'}</tbody></table></div>`
      + `<p class="legend">${held} UTC · ${plain(t[BARS], 0)} bars · decided ${minute(detail.at).slice(5)} · regime ${esc(t[REGIME].toLowerCase()) || '—'} · one candle = ${detail.f} min${detail.k > 1 ? ` (${detail.k} bars)` : ''}${detail.h ? ` · <span class="mono">decision ${esc(detail.h)}</span>` : ''}</p>`;
    fit($('d-chart'), (element, w, h) => drawTrade(element, w, h, t, detail));
  };
  const drawTrade = (element, w, h, t, detail) => {
    const bars = candlesOf(detail), [entry, stop, tp1, tp2] = detail.p, dp = detail.dp;
    if (!bars.length) return nothing(element, 'No candles were kept for this trade.');
    const axis = 72, bottom = 20, plot = w - axis, step = plot / bars.length, body = Math.max(1, Math.floor(step * 0.64));
    const reach = Math.abs(entry - stop);
    let low = Math.min(stop, entry), high = Math.max(stop, entry);
    for (const b of bars) { low = Math.min(low, b[3]); high = Math.max(high, b[2]); }
    for (const level of [tp1, tp2]) if (level !== null && level > low - reach * 2.2 && level < high + reach * 2.2) { low = Math.min(low, level); high = Math.max(high, level); }
    const Y = v => 8 + (high - v) / (high - low || 1) * (h - bottom - 16);
    const at = time => { let i = 0; while (i + 1 < bars.length && bars[i + 1][0] <= time) i++; return i; };
    const X = i => (i + 0.5) * step, x0 = X(at(t[ENTRY])), x1 = Math.max(x0 + step, X(at(t[CLOSED])));
    let b = '';
    for (const v of ticks(low, high, 6)) b += line(0, Y(v), plot, Y(v), 'var(--grid)');
    const every = Math.max(1, Math.ceil(bars.length / Math.max(2, Math.floor(plot / 100))));
    for (let i = Math.floor(every / 2); i < bars.length; i += every) b += line(X(i), 0, X(i), h - bottom, 'var(--grid)') + text(X(i), h - 5, minute(bars[i][0]).slice(5), { a: 'middle' });
    const box = (from, to, c, o) => `<rect x="${x0}" y="${Math.min(Y(from), Y(to))}" width="${x1 - x0}" height="${Math.abs(Y(from) - Y(to))}" fill="${c}" opacity="${o}"/>`;
    b += `<clipPath id="plot"><rect width="${plot}" height="${h - bottom}"/></clipPath><g clip-path="url(#plot)">`;
    b += box(entry, stop, 'var(--dn)', 0.14) + box(entry, tp2 ?? tp1, 'var(--up)', 0.1);
    bars.forEach((k, i) => {
      const c = k[4] >= k[1] ? 'var(--up)' : 'var(--dn)', x = Math.round(X(i)) + 0.5;
      b += line(x, Y(k[2]).toFixed(1), x, Y(k[3]).toFixed(1), c) + `<rect x="${(x - body / 2).toFixed(1)}" y="${Y(Math.max(k[1], k[4])).toFixed(1)}" width="${body}" height="${Math.max(1, Math.abs(Y(k[1]) - Y(k[4]))).toFixed(1)}" fill="${c}"/>`;
    });
    const levels = [['TP2', tp2, 'var(--up)', '6 3'], ['TP1', tp1, 'var(--up)', '6 3'], ['entry', entry, 'var(--t1)', ''], ['stop', stop, 'var(--dn)', '']].filter(l => l[1] !== null);
    for (const [name, v, c, dash] of levels) b += line(x0, Y(v), plot, Y(v), c, `stroke-width="1.3" stroke-dasharray="${dash}"`) + (name === 'entry' ? '' : text(x0 - 6, Y(v) + 4, name, { c, a: 'end', halo: 1 }));
    const y = Y(entry), up = t[LONG];
    b += `<path d="M${x0} ${y}l-8 ${up ? 6 : -6}v${up ? -12 : 12}z" fill="var(--t1)" stroke="var(--bg-1)"/>`;
    for (const e of detail.x) {
      const x = X(at(e[0])), name = data.names[e[3]];
      b += `<path d="M${x} ${Y(e[1]) - 5}l5 5-5 5-5-5z" fill="${(e[1] - entry) * (up ? 1 : -1) > 0 ? 'var(--up)' : 'var(--dn)'}" stroke="var(--t1)"/>`
        + text(x + 9, Y(e[1]) - 6, `${name} ${plain(e[2] * 100, 0)} %`, { c: 'var(--t1)', halo: 1, a: x > plot - 70 ? 'end' : 'start' });
    }
    b += '</g>' + line(plot + 0.5, 0, plot + 0.5, h - bottom, 'var(--line)');
    // Labels of the levels never cover each other: pushed apart, the line stays where it is.
    const labels = levels.map(l => ({ name: l[0], v: l[1], c: l[2], y: Y(l[1]) })).filter(l => l.y > -20 && l.y < h).sort((p, q) => p.y - q.y);
    labels.forEach((l, i) => { l.y = Math.max(l.y, i ? labels[i - 1].y + 19 : 9); });
    for (let i = labels.length - 1, limit = h - bottom - 9; i >= 0; i--, limit = labels[i + 1].y - 19) labels[i].y = Math.min(labels[i].y, limit);
    for (const l of labels) b += `<rect x="${plot + 2}" y="${l.y - 9}" width="${axis - 2}" height="18" rx="3" fill="${l.c}"/>` + text(plot + axis / 2, l.y + 4, plain(l.v, dp), { c: '#0b0e13', a: 'middle', w: 600 });
    element.innerHTML = svg(w, h, b);
  };

  refresh();
  const first = shown.findIndex(t => data.details[t[ID]]);
  if (first >= 0) { chosen = shown[first]; render(); showTrade(chosen); }
})();
