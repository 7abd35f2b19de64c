import type {
  IChartApi, IPrimitivePaneRenderer, IPrimitivePaneView, ISeriesApi, ISeriesPrimitive, PrimitivePaneViewZOrder,
  SeriesAttachedParameter, Time, Logical,
} from "lightweight-charts";
import type { Profile, Zone } from "./api";

/** Levels of the signal that is on show. Indices count candles. */
export interface Box {
  from: number; to: number | null; long: boolean; entry: number; stop: number; initialStop: number; tp1: number; tp2: number | null;
  labels: { price: number; text: string; kind: "entry" | "stop" | "target"; below: boolean }[];
}

export interface OverlayData { zones: (Zone & { index: number })[]; profile: Profile | null; box: Box | null }

interface Colors { up: string; dn: string; sand: string; text: string; ground: string; zoneS: string; zoneR: string; font: string }

const PROFILE_WIDTH = 112;

/** Zones, risk and reward, and the volume profile, behind the candles of the main chart. */
export class Overlay implements ISeriesPrimitive<Time> {
  private data: OverlayData = { zones: [], profile: null, box: null };
  private chart: IChartApi | null = null;
  private series: ISeriesApi<"Candlestick"> | null = null;
  private update: () => void = () => undefined;
  private readonly views: IPrimitivePaneView[];

  constructor(private readonly colors: Colors) {
    const view = (zOrder: PrimitivePaneViewZOrder, draw: (context: CanvasRenderingContext2D, width: number) => void): IPrimitivePaneView => {
      const renderer: IPrimitivePaneRenderer = {
        draw: (target) => target.useMediaCoordinateSpace(({ context, mediaSize }) => {
          context.save();
          context.font = `500 11px ${this.colors.font}`;
          context.textBaseline = "middle";
          draw(context, mediaSize.width);
          context.restore();
        }),
      };
      return { zOrder: () => zOrder, renderer: () => renderer };
    };
    this.views = [
      view("bottom", (context, width) => { this.drawProfile(context, width); this.drawZones(context, width); this.drawRisk(context, width); }),
      view("top", (context, width) => { this.drawZoneNames(context); this.drawValueArea(context, width); this.drawLevels(context, width); }),
    ];
  }

  attached(parameter: SeriesAttachedParameter<Time>): void {
    this.chart = parameter.chart as IChartApi;
    this.series = parameter.series as ISeriesApi<"Candlestick">;
    this.update = parameter.requestUpdate;
  }

  detached(): void {
    this.chart = this.series = null;
  }

  paneViews(): readonly IPrimitivePaneView[] {
    return this.views;
  }

  set(data: Partial<OverlayData>): void {
    this.data = { ...this.data, ...data };
    this.update();
  }

  private x(index: number): number {
    return this.chart?.timeScale().logicalToCoordinate(index as Logical) ?? 0;
  }

  private y(price: number): number | null {
    return this.series?.priceToCoordinate(price) ?? null;
  }

  private band(context: CanvasRenderingContext2D, from: number, to: number, a: number, b: number, fill: string): void {
    const [top, bottom] = [this.y(Math.max(a, b)), this.y(Math.min(a, b))];
    if (top === null || bottom === null || to <= from) return;
    context.fillStyle = fill;
    context.fillRect(from, top, to - from, Math.max(1, bottom - top));
  }

  private line(context: CanvasRenderingContext2D, from: number, to: number, price: number, color: string, dash: number[], width = 1): void {
    const y = this.y(price);
    if (y === null) return;
    context.strokeStyle = color;
    context.lineWidth = width;
    context.setLineDash(dash);
    context.beginPath();
    context.moveTo(from, Math.round(y) + 0.5);
    context.lineTo(to, Math.round(y) + 0.5);
    context.stroke();
    context.setLineDash([]);
  }

  private text(context: CanvasRenderingContext2D, x: number, y: number, text: string, color: string): void {
    context.lineJoin = "round";
    context.lineWidth = 4;
    context.strokeStyle = this.colors.ground;
    context.strokeText(text, x, y);
    context.fillStyle = color;
    context.fillText(text, x, y);
  }

  private drawZones(context: CanvasRenderingContext2D, width: number): void {
    for (const zone of this.data.zones) {
      const from = Math.max(0, this.x(zone.index));
      const color = zone.support ? this.colors.up : this.colors.dn;
      this.band(context, from, width, zone.low, zone.high, zone.support ? this.colors.zoneS : this.colors.zoneR);
      context.globalAlpha = 0.7;
      this.line(context, from, width, zone.high, color, [2, 3]);
      this.line(context, from, width, zone.low, color, [2, 3]);
      context.globalAlpha = 1;
    }
  }

  private drawZoneNames(context: CanvasRenderingContext2D): void {
    for (const zone of this.data.zones) {
      const y = this.y((zone.low + zone.high) / 2);
      if (y === null) continue;
      const name = zone.support ? "support" : "resistance";
      const was = zone.flipped ? (zone.support ? ", was resistance" : ", was support") : "";
      const text = `${zone.timeframe} ${name}${was} · ${zone.touches} ${zone.touches === 1 ? "touch" : "touches"}`;
      this.text(context, Math.max(8, this.x(zone.index) + 6), y, text, zone.support ? this.colors.up : this.colors.dn);
    }
  }

  private drawRisk(context: CanvasRenderingContext2D, width: number): void {
    const box = this.data.box;
    if (!box) return;
    const [from, to] = [this.x(box.from), box.to === null ? width : this.x(box.to)];
    context.globalAlpha = 0.1;
    this.band(context, from, to, box.entry, box.tp2 ?? box.tp1, this.colors.up);
    context.globalAlpha = 0.07;
    this.band(context, from, to, box.entry, box.tp1, this.colors.up);
    context.globalAlpha = 0.16;
    this.band(context, from, to, box.entry, box.initialStop, this.colors.dn);
    context.globalAlpha = 1;
  }

  private drawLevels(context: CanvasRenderingContext2D, width: number): void {
    const box = this.data.box;
    if (!box) return;
    const [from, to] = [this.x(box.from), box.to === null ? width : this.x(box.to)];
    if (box.tp2 !== null) this.line(context, from, to, box.tp2, this.colors.up, [6, 3], 1.5);
    this.line(context, from, to, box.tp1, this.colors.up, [6, 3], 1.5);
    this.line(context, from, to, box.entry, this.colors.text, [], 1.5);
    this.line(context, from, to, box.stop, this.colors.dn, [], 1.5);
    const last = this.x((this.series?.data().length ?? 0) - 1);
    for (const label of box.labels) {
      const y = this.y(label.price);
      if (y === null) continue;
      const color = label.kind === "entry" ? this.colors.text : label.kind === "stop" ? this.colors.dn : this.colors.up;
      // To the right of the newest candle while there is room, so that no candle is covered.
      const room = width - context.measureText(label.text).width - 8;
      const at = box.to === null ? Math.min(Math.max(last + 14, from + 6), room) : from + 6;
      this.text(context, at, y + (label.below ? 11 : -9), label.text, color);
    }
  }

  /** POC and the value area's ends as lines across the profile, named at its left. */
  private drawValueArea(context: CanvasRenderingContext2D, width: number): void {
    const profile = this.data.profile;
    if (!profile) return;
    context.font = `600 10px ${this.colors.font}`;
    for (const [name, price] of [["VAH", profile.value_area_high], ["POC", profile.poc], ["VAL", profile.value_area_low]] as const) {
      const y = this.y(price);
      if (y === null) continue;
      context.globalAlpha = name === "POC" ? 0.9 : 0.6;
      this.line(context, width - PROFILE_WIDTH - 30, width, price, this.colors.sand, name === "POC" ? [] : [2, 3]);
      context.globalAlpha = 1;
      this.text(context, width - 26, y - 7, name, this.colors.sand);
    }
    context.font = `500 11px ${this.colors.font}`;
  }

  private drawProfile(context: CanvasRenderingContext2D, width: number): void {
    const profile = this.data.profile;
    if (!profile) return;
    const most = Math.max(...profile.bins.map((bin) => bin.volume), 0);
    for (const bin of profile.bins) {
      const [top, bottom] = [this.y(bin.high), this.y(bin.low)];
      if (top === null || bottom === null || most === 0) continue;
      const length = (bin.volume / most) * PROFILE_WIDTH;
      const isPoc = profile.poc >= bin.low && profile.poc < bin.high;
      const middle = (bin.low + bin.high) / 2;
      const inside = middle >= profile.value_area_low && middle <= profile.value_area_high;
      context.globalAlpha = isPoc ? 0.55 : inside ? 0.24 : 0.1;
      context.fillStyle = this.colors.sand;
      context.fillRect(width - length, top + 0.5, length, Math.max(1, bottom - top - 1));
    }
    context.globalAlpha = 1;
  }
}
